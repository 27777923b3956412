"use strict";
// The data, the filters, and the matching data. Everything that comes from documents becomes a text node.

const data = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = ["error", "warning", "info"];
const SIGNS = { error: "✕", warning: "▲", info: "●" };
const PLURALS = { error: "errors", warning: "warnings", info: "info" };
const number = new Intl.NumberFormat("en");

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const unseen = (text) => make("span", { class: "unseen" }, text);
const sign = (severity) => make("span", { class: "sign " + severity, "aria-hidden": "true" }, SIGNS[severity]);
const plural = (count, word, words) => `${number.format(count)} ${count === 1 ? word : words || word + "s"}`;
const countOf = (count, severity) => plural(count, severity, PLURALS[severity]);

data.locales.forEach((locale, index) => { locale.index = index; });
data.findings.forEach((finding, index) => {
  finding.index = index;
  finding.rank = SEVERITIES.indexOf(finding.severity);
  finding.path = data.pages[finding.page].path;
});
const source = data.locales.find((locale) => locale.source);
const findingsById = new Map(data.findings.map((finding) => [finding.id, finding]));

/** The filters; an empty set matches everything. */
const asked = { text: "", scope: "", severity: new Set(), locale: new Set(), rule: new Set() };
const FACETS = {
  severity: { keys: SEVERITIES, of: (finding) => finding.severity },
  locale: { keys: data.locales.map((locale) => locale.tag), of: (finding) => data.locales[finding.locale].tag },
  rule: { keys: data.rules.map((rule) => rule.id), of: (finding) => data.rules[finding.rule].id },
};

/** Whether a page lies in the scope: a folder ends with a slash, a page does not. */
const inScope = (path) =>
  asked.scope === "" || (asked.scope.endsWith("/") ? path.startsWith(asked.scope) : path === asked.scope);

const folded = (text) => text.normalize("NFC").toLowerCase();

/** The searchable text of a finding, built at the first search. */
function haystack(finding) {
  if (finding.words === undefined) {
    const parts = [finding.message, FACETS.rule.of(finding), finding.path, finding.id];
    for (const pane of finding.panes) {
      if (pane.place) parts.push(`${pane.place.path}:${pane.place.line}`);
      if (pane.note) parts.push(pane.note);
      if (pane.runs) parts.push(pane.runs.join(""));
    }
    finding.words = folded(parts.join("\n"));
  }
  return finding.words;
}

/** Whether the matrix shows only some of the findings. */
const isNarrowed = () => asked.text !== "" || asked.severity.size > 0 || asked.rule.size > 0;

/**
 * What fits: `shown` fits everything; `matrix` everything but place and language, which are its rows and columns; `counts`
 * says how many each choice of a facet would show, the other facets being as they are.
 */
function select() {
  const words = folded(asked.text).split(/\s+/).filter(Boolean);
  const names = Object.keys(FACETS);
  const counts = Object.fromEntries(names.map((name) => [name, new Map()]));
  const shown = [], matrix = [];
  for (const finding of data.findings) {
    const misses = names.filter((name) => asked[name].size > 0 && !asked[name].has(FACETS[name].of(finding)));
    if (misses.length > 1) continue;
    if (words.length > 0 && !words.every((word) => haystack(finding).includes(word))) continue;
    const here = inScope(finding.path);
    if (misses.every((name) => name === "locale")) matrix.push(finding);
    if (misses.length === 0 && here) shown.push(finding);
    if (!here) continue;
    for (const name of misses.length === 0 ? names : misses) {
      const key = FACETS[name].of(finding);
      counts[name].set(key, (counts[name].get(key) || 0) + 1);
    }
  }
  return { shown, matrix, counts };
}

/** Folders with their folders and pages; the root has no name. */
const root = { name: "", path: "", folders: new Map(), pages: [], findings: 0 };
const nodes = [];
data.pages.forEach((page, index) => {
  const parts = page.path.split("/");
  let node = root;
  const above = [root];
  for (const part of parts.slice(0, -1)) {
    if (!node.folders.has(part)) {
      node.folders.set(part, { name: part, path: node.path + part + "/", folders: new Map(), pages: [], findings: 0 });
    }
    node = node.folders.get(part);
    above.push(node);
  }
  const leaf = { name: parts[parts.length - 1], path: page.path, page: index, above };
  node.pages.push(leaf);
  nodes.push(leaf);
});

/** The documents and gaps of each folder and page, by locale: they do not depend on the filters. */
for (const node of [root, ...allFolders(root), ...nodes]) node.documents = data.locales.map(() => ({ there: 0, missing: 0 }));
for (const leaf of nodes) {
  for (const [index, letter] of [...data.pages[leaf.page].documents].entries()) {
    for (const node of [leaf, ...leaf.above]) {
      if (letter === "+") node.documents[index].there += 1;
      if (letter === "-") node.documents[index].missing += 1;
    }
  }
}
for (const finding of data.findings) for (const node of nodes[finding.page].above) node.findings += 1;

function* allFolders(node) {
  for (const folder of node.folders.values()) {
    yield folder;
    yield* allFolders(folder);
  }
}

/** Announces a text to screen readers. */
function announce(text) {
  byId("announcement").textContent = text;
}
