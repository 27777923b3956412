// The first screen: what could not be checked, the figures, and a line per language.

const MOST_RULES = 7;

function showOverview() {
  const pages = data.pages.length;
  byId("extent").textContent =
    `${plural(pages, "page")}, ${plural(data.documents, "file")}, ${plural(data.locales.length, "language")}`
    + (source ? `, translated from ${source.name}` : "");
  byId("about").textContent = `isogloss ${data.version}. This page is self-contained: it makes no network requests.`;
  showNotices();
  showFigures();
  showRules();
  showLanguages();
  // Without pages, only the reason is shown.
  byId("overview").hidden = data.pages.length === 0;
}

function showNotices() {
  const line = (notice) => (notice.path ? `${notice.path}: ` : "") + notice.message;
  const blind = data.notices.filter((notice) => notice.level === "blind");
  const others = data.notices.filter((notice) => notice.level !== "blind");
  for (const notice of blind) {
    byId("notices").append(
      make("p", { class: "banner" }, sign("error"), make("strong", {}, "Not checked: "), make("bdi", {}, line(notice))),
    );
  }
  if (others.length > 0) {
    const items = others.map((notice) => make("li", {}, make("bdi", {}, `${notice.level}: ${line(notice)}`)));
    const summary = make("summary", {}, plural(others.length, "notice"));
    byId("notices").append(make("details", { class: "asides" }, summary, make("ul", {}, ...items)));
  }
}

function showFigures() {
  const figure = (name, value, note, kind) =>
    make("div", { class: "figure " + (kind || "") }, make("dt", {}, kind ? sign(kind) : null, name),
      make("dd", {}, make("strong", {}, value), note ? make("span", {}, note) : null));
  const faulty = new Set();
  for (const finding of data.findings) {
    if (finding.severity === "error") faulty.add(`${finding.page} ${finding.locale}`);
  }
  const translations = data.locales
    .filter((locale) => !locale.source && locale.reported)
    .reduce((sum, locale) => sum + locale.documents, 0);
  const sound = [...faulty].reduce((sum, key) => sum - isTranslation(key), translations);
  const due = data.locales.filter((locale) => !locale.source && locale.reported).map((locale) => root.documents[locale.index]);
  const there = due.reduce((sum, documents) => sum + documents.there, 0);
  const all = due.reduce((sum, documents) => sum + documents.there + documents.missing, 0);
  byId("figures").append(
    figure("Errors", number.format(data.counts.errors), "very likely defects", "error"),
    figure("Warnings", number.format(data.counts.warnings), "probable defects", "warning"),
    figure("Info", number.format(data.counts.info), "informational", "info"),
    figure("Translated files without an error", share(sound, translations),
      `${number.format(sound)} of ${number.format(translations)}`),
    figure("Pages translated, over all languages", share(there, all), `${number.format(there)} of ${number.format(all)}`),
  );
}

/** The rules with the most findings, the most severe first. */
function showRules() {
  const found = data.rules.map((rule) => ({ rule, counts: [0, 0, 0] }));
  for (const finding of data.findings) found[finding.rule].counts[finding.rank] += 1;
  found.sort((a, b) => [0, 1, 2].reduce((order, rank) => order || b.counts[rank] - a.counts[rank], 0));
  const items = found.slice(0, MOST_RULES).map(({ rule, counts }) => {
    const rank = counts.findIndex((count) => count > 0);
    const count = counts.reduce((sum, more) => sum + more, 0);
    const button = make("button", { type: "button", class: "pick", "data-facet": "rule", "data-key": rule.id, "aria-pressed": "false" }, rule.id);
    button.addEventListener("click", () => toggle("rule", rule.id));
    return make("li", {}, button, make("span", { class: "says" }, rule.summary),
      make("span", { class: "number" }, sign(SEVERITIES[rank]), number.format(count), unseen(` findings, ${SEVERITIES[rank]} at worst`)));
  });
  byId("worst").replaceChildren(...items);
  byId("worst-part").hidden = items.length === 0;
}

/** 1 if a page and locale are a file that is a translation. */
function isTranslation(key) {
  const [page, locale] = key.split(" ").map(Number);
  const { source: isSource, reported } = data.locales[locale];
  return !isSource && reported && data.pages[page].documents[locale] === "+" ? 1 : 0;
}

/** Never 100 % if something is missing, and never 0 % if something exists. */
function share(part, whole) {
  if (whole === 0) return "–";
  const percent = (100 * part) / whole;
  return `${part === whole ? 100 : Math.min(99, Math.max(part > 0 ? 1 : 0, Math.round(percent)))} %`;
}

function showLanguages() {
  const counts = data.locales.map(() => [0, 0, 0]);
  for (const finding of data.findings) counts[finding.locale][finding.rank] += 1;
  const worst = (a, b) => counts[b.index][0] - counts[a.index][0] || counts[b.index][1] - counts[a.index][1]
    || counts[b.index][2] - counts[a.index][2] || a.index - b.index;
  const rows = [...data.locales].sort((a, b) => Number(b.source) - Number(a.source) || worst(a, b)).map((locale) => {
    const found = counts[locale.index];
    const cells = SEVERITIES.map((severity, rank) =>
      make("td", { class: "number" + (found[rank] === 0 ? " none" : "") },
        found[rank] === 0 ? null : sign(severity), number.format(found[rank])));
    const button = make("button", { type: "button", class: "pick", "data-facet": "locale", "data-key": locale.tag, "aria-pressed": "false" },
      locale.name, locale.name.includes(locale.tag) ? null : make("span", { class: "tag" }, locale.tag));
    button.addEventListener("click", () => toggle("locale", locale.tag));
    return make("tr", {}, make("th", { scope: "row" }, button), coverage(locale), ...cells);
  });
  byId("languages").tBodies[0].append(...rows);
}

/** The number of required pages that a locale has. */
function coverage(locale) {
  if (locale.source) return make("td", {}, `source: ${plural(locale.documents, "page")}`);
  if (!locale.reported) return make("td", {}, "not selected");
  const { there, missing } = root.documents[locale.index];
  const bar = make("span", { class: "share", "aria-hidden": "true" }, make("span"));
  bar.firstChild.style.width = `${there + missing === 0 ? 0 : (100 * there) / (there + missing)}%`;
  const words = `${number.format(there)} of ${number.format(there + missing)}`;
  return make("td", { class: "coverage" }, bar, make("span", {}, words, make("small", {}, share(there, there + missing))));
}
