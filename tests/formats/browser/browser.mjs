// Uses the page for a browser in one, as a person would: with a mouse, with a keyboard alone, on a phone, in the dark.
//
//     node browser.mjs PROGRAM MODULES
//
// PROGRAM is isogloss; MODULES is the folder that the packages of package.json are installed in.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch } from "./chromium.mjs";
import { check, largeCorpus, smallCorpus } from "./corpora.mjs";

const [program, modules] = process.argv.slice(2).map((path) => resolve(path));
const axe = createRequire(join(modules, "package.json")).resolve("axe-core/axe.min.js");
let folder, browser, small, large;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "isogloss-browser-"));
  for (const name of ["small", "large"]) mkdirSync(join(folder, name));
  smallCorpus(join(folder, "small"));
  largeCorpus(join(folder, "large"));
  small = check(program, join(folder, "small"));
  large = check(program, join(folder, "large"), undefined, "--no-history");
  browser = await launch(modules);
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A test with the page open; anything that the page writes to the console or requests from a network fails it. */
function opened(name, report, options, use) {
  test(name, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const complaints = [], requests = [];
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    const address = pathToFileURL(report().page).href;
    try {
      await page.goto(address + (options.hash ?? ""));
      await use(page);
      assert.deepEqual(complaints, []);
      const strange = requests.filter((url) => url.split("#")[0] !== address && !url.startsWith("data:"));
      assert.deepEqual(strange, []);
    } finally {
      await context.close();
    }
  });
}

const shownCount = (page) => page.textContent("#count");
const of = (findings, rule, locale) => findings.filter((finding) => finding.rule === rule && (!locale || finding.locale === locale));
const card = (finding) => `article[data-id="${finding.fingerprint}"]`;
const isFocused = (page, selector) => page.evaluate((selector) => document.activeElement.matches(selector), selector);

opened("everything that was found is there, and text stays text", () => small, {}, async (page) => {
  assert.equal(await shownCount(page), `${small.findings.length} findings`);
  const titles = await page.$$eval("article h3", (all) => all.map((title) => title.textContent));
  const message = (finding) => finding.message.replace(/[\u2028\u2029\u202E]/g, "\uFFFD").replace(/\u001B/g, "␛");
  assert.deepEqual(titles.sort(), small.findings.map(message).sort());
  for (const text of ["</script><script>globalThis.stolen = 1</script>", "<img src=x onerror=globalThis.stolen=1>", "{{data}} \\u003c"]) {
    assert.ok((await page.textContent("#feed")).includes(text), text);
  }
  assert.equal(await page.evaluate("globalThis.stolen"), undefined);
  assert.deepEqual(await page.$$eval("body script, img, iframe, object", (all) => all.map((element) => element.id)), ["data", ""]);
});

opened("both sides are side by side with what differs marked", () => small, {}, async (page) => {
  const runs = (finding, selector) => page.$$eval(`${card(finding)} ${selector}`, (all) => all.map((element) => element.textContent));
  const [answer] = of(small.findings, "sla-mismatch", "ar");
  assert.deepEqual(await runs(answer, ".here mark"), ["6 ساعات"]);
  assert.deepEqual(await runs(answer, ".there mark"), ["4 hours"]);
  const [here, there] = await Promise.all([".here", ".there"].map(async (side) => (await page.$(`${card(answer)} ${side}`)).boundingBox()));
  assert.ok(here.y === there.y && here.x + here.width <= there.x);
  const [missing] = of(small.findings, "missing-paragraph", "ar");
  assert.deepEqual(await runs(missing, ".there mark"), ["Support is closed on public holidays."]);
  const [above, gap, below] = await runs(missing, ".here .text > *");
  assert.ok(above.includes("6 ساعات") && gap === "expected here" && below.includes("Harbour"), [above, gap, below]);
  const [stale] = of(small.findings, "stale-paragraph", "fr");
  assert.deepEqual(await runs(stale, "del"), ["at any time"]);
  assert.deepEqual(await runs(stale, "ins"), ["whenever you like", "shared "]);
});

opened("right-to-left text runs from right to left, and says its language", () => small, {}, async (page) => {
  const [answer] = of(small.findings, "sla-mismatch", "ar");
  const direction = (side) => page.$eval(`${card(answer)} ${side} .text`, (text) => [text.lang, text.matches(":dir(rtl)")]);
  assert.deepEqual(await direction(".here"), ["ar", true]);
  assert.deepEqual(await direction(".there"), ["en", false]);
  // The first word is at the right.
  const [first, box] = await page.$eval(`${card(answer)} .here .text`, (text) => {
    const range = document.createRange();
    range.setStart(text.firstChild.firstChild, 0);
    range.setEnd(text.firstChild.firstChild, 5);
    return [range.getBoundingClientRect().right, text.getBoundingClientRect().right];
  });
  assert.ok(box - first < 40, `${box - first} from the right`);
});

opened("filters narrow the list and the matrix, and are in the address", () => small, {}, async (page) => {
  await page.check("#by-locale input[value=fr]");
  const french = small.findings.filter((finding) => finding.locale === "fr").length;
  const said = `${french} of ${small.findings.length} findings`;
  assert.equal(await shownCount(page), said);
  assert.ok(page.url().endsWith("#locale=fr"));
  await page.reload();
  assert.equal(await shownCount(page), said);
  assert.equal(await page.textContent("#matrix thead .chosen"), "fr");
  await page.click("#clear");
  await page.check("#by-rule input[value=missing-paragraph]");
  const struck = [...new Set(of(small.findings, "missing-paragraph").map((finding) => finding.locale))].sort();
  const cells = await page.$$eval("#matrix tr.all td", (all) => all.map((cell) => [cell.cellIndex, cell.textContent]));
  const tags = await page.$$eval("#matrix thead th", (all) => all.map((head) => head.textContent));
  assert.deepEqual(cells.filter(([, text]) => /\d error/.test(text)).map(([column]) => tags[column]).sort(), struck);
  assert.ok(cells.every(([, text]) => !text.includes("no findings")), "a cell without such findings is not clean");
  await page.click("#clear");
  await page.fill("#text", "HOLIDAYS support");
  await page.waitForFunction(() => document.getElementById("chips").textContent.includes("HOLIDAYS"));
  assert.deepEqual(await page.$$eval("article", (all) => all.map((article) => article.querySelector(".rule").textContent)), ["missing-paragraph"]);
  await page.fill("#text", "no such words");
  await page.waitForSelector(".empty");
  await page.click(".chip");
  assert.equal(await shownCount(page), `${small.findings.length} findings`);
  await page.selectOption("#scope", "hostile/");
  assert.ok((await page.$$eval("article .of", (all) => all.map((path) => path.textContent))).every((path) => path.startsWith("hostile/")));
});

opened("a cell of the matrix leads to its findings", () => small, {}, async (page) => {
  const cell = (name, locale) => page.locator("#matrix tr", { has: page.locator(`bdi:text-is("${name}")`) }).locator("td button", { hasText: locale });
  await cell("plans.md", "Arabic").click();
  const expected = small.findings.filter((finding) => finding.locale === "ar" && finding.page === "guide/plans.md");
  assert.equal(await shownCount(page), `${expected.length} of ${small.findings.length} findings`);
  assert.ok(await isFocused(page, "#findings"));
  await page.click("#clear");
  assert.equal(await cell("alone.md", "Japanese").getAttribute("title"), "not translated");
  assert.match(await cell("plans.md", "Japanese").getAttribute("title"), /no findings|warning|error/);
});

opened("a link leads to its finding, whatever is filtered", () => large, {}, async (page) => {
  const last = large.findings.at(-1);
  await page.evaluate((id) => { location.hash = id; }, last.fingerprint);
  await page.waitForSelector(`${card(last)}.target`);
  assert.ok(await isFocused(page, card(last)));
  const box = await (await page.$(card(last))).boundingBox();
  assert.ok(box.y >= 0 && box.y < 900, `at ${box.y}`);
  await page.click("#earlier");
  const [first] = large.findings;
  await page.check(`#by-locale input[value=${last.locale}]`);
  assert.notEqual(first.locale, last.locale);
  await page.evaluate((id) => { location.hash = id; }, first.fingerprint);
  await page.waitForSelector(`${card(first)}.target`);
  assert.equal(await shownCount(page), "10,000 findings");
});

opened("ten thousand findings are made as they are needed", () => large, {}, async (page) => {
  assert.equal(large.findings.length, 10_000);
  const made = () => page.$$eval("article", (all) => all.length);
  assert.ok((await made()) <= 120, `${await made()} at once`);
  const before = await made();
  await page.$eval("#more", (more) => more.scrollIntoView());
  await page.waitForFunction((before) => document.querySelectorAll("article").length > before, before);
  const took = await page.evaluate(() => {
    const start = performance.now();
    document.querySelector("#by-locale input[value=de]").click();
    const filtered = performance.now();
    ask({ text: "every file" });
    document.body.getBoundingClientRect();
    return [filtered - start, performance.now() - filtered].map(Math.round);
  });
  assert.equal(await shownCount(page), "2,500 of 10,000 findings");
  assert.ok((await made()) <= 120);
  console.log(`of 10,000 findings: filtered in ${took[0]} ms, searched in ${took[1]} ms`);
});

opened("a keyboard is enough", () => small, {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.ok(await isFocused(page, ".skip"));
  const seen = new Set();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const [name, outline] = await page.evaluate(() => {
      const focused = document.activeElement;
      return [focused.id || focused.className || focused.name || focused.tagName, getComputedStyle(focused).outlineStyle];
    });
    assert.notEqual(outline, "none", `the focus on ${name} cannot be seen`);
    seen.add(name);
    if (name.startsWith("finding")) break;
  }
  for (const name of ["theme", "text", "scope", "severity", "rule", "order"]) assert.ok(seen.has(name), `${name} in ${[...seen]}`);
  await page.keyboard.press("PageDown");
  assert.ok(await isFocused(page, "article:nth-child(2)"));
  await page.focus("#matrix [tabindex='0']");
  assert.equal(await page.$$eval("#matrix [tabindex='0']", (all) => all.length), 1);
  await page.keyboard.press("ArrowDown");
  const folder = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "false", folder);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  const label = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  assert.ok(await isFocused(page, "#findings"), label);
  assert.equal((await page.$$(".chip")).length, 3, label);
});

opened("a place is copied for an editor", () => small, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  const [answer] = of(small.findings, "sla-mismatch", "ar");
  const { line, column } = answer.range.start;
  await page.click(`${card(answer)} .here .place`);
  await page.waitForSelector("#announcement.toast");
  assert.equal(await page.textContent("#announcement"), `Copied ${answer.path}:${line}:${column}`);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${answer.path}:${line}:${column}`);
});

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
opened("the theme is the system's until it is chosen", () => small, { colorScheme: "dark" }, async (page) => {
  const dark = await ground(page);
  await page.click("#theme");
  const light = await ground(page);
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(page), light);
  await page.click("#theme");
  assert.equal(await ground(page), dark);
});

for (const [colorScheme, width, report] of [["light", 1280, () => small], ["dark", 1280, () => small], ["light", 390, () => large], ["dark", 320, () => small]]) {
  opened(`nothing bars the way, ${colorScheme} and ${width} wide`, report, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, `${inner} in ${outer}`);
    await page.evaluate(readFileSync(axe, "utf8"));
    const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
    const described = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
    assert.deepEqual(described, []);
  });
}

opened("what is printed is the findings", () => small, {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible("#filters"), false);
  assert.equal(await page.isVisible("#theme"), false);
  assert.equal(await page.isVisible("article mark"), true);
});

test("the bytes are the same on every run", () => {
  const again = check(program, join(folder, "small"), "again.html", "--jobs", "1");
  assert.equal(readFileSync(again.page, "utf8"), readFileSync(small.page, "utf8"));
});
