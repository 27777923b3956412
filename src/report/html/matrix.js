// Pages by language: a heat map of folders that expand down to pages.

const MOST_ROWS = 60;
const opened = new Set();
const lengths = new Map();
let order = "worst";
let cursor = { row: 0, column: 0 };
let columns = [];

function makeMatrix() {
  const found = new Set(data.findings.map((finding) => finding.locale));
  columns = data.locales.filter((locale) => locale.reported && (!locale.source || found.has(locale.index)));
  // A single folder has no information until it is open.
  let node = root;
  while (node.pages.length === 0 && node.folders.size === 1) {
    node = [...node.folders.values()][0];
    opened.add(node.path);
  }
  if (data.pages.length <= 25) for (const folder of allFolders(root)) opened.add(folder.path);
  const entry = (kind, text, ...words) => make("span", {}, make("span", { class: "cell " + kind, "aria-hidden": "true" }, text), ...words);
  byId("key").append(
    entry("error", SIGNS.error, "errors"), entry("warning", SIGNS.warning, "warnings"), entry("info", SIGNS.info, "info"),
    entry("clean", "✓", "no findings"), entry("missing", "–", "not translated"),
    entry("plain", "3/12", "3 of 12 pages translated"),
  );
  byId("matrix-order").addEventListener("change", () => {
    order = byId("matrix-order").value;
    showMatrix(select().matrix);
  });
  byId("matrix").addEventListener("keydown", moveInMatrix);
  byId("matrix").addEventListener("focusin", (event) => {
    const cell = event.target.closest("td, th");
    if (cell) setCursor(cell.parentNode.rowIndex, cell.cellIndex);
  });
}

/** Counts the matches in each folder and page, by locale: errors, warnings, info, missing pages. */
function tally(findings) {
  for (const node of [root, ...allFolders(root), ...nodes]) {
    node.found = undefined;
    node.total = 0;
  }
  for (const finding of findings) {
    const leaf = nodes[finding.page];
    const isMissing = data.pages[finding.page].documents[finding.locale] === "-";
    for (const node of [leaf, ...leaf.above]) {
      node.found ||= data.locales.map(() => [0, 0, 0, 0]);
      node.found[finding.locale][isMissing && finding.severity === "info" ? 3 : finding.rank] += 1;
      node.total += 1;
    }
  }
}

const weight = (node, rank) => (node.found ? node.found.reduce((sum, found) => sum + found[rank], 0) : 0);

function inOrder(node) {
  const named = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const children = [...[...node.folders.values()].sort(named), ...[...node.pages].sort(named)];
  const fitting = isNarrowed() ? children.filter((child) => child.total > 0) : children;
  if (order === "path") return fitting;
  const weights = new Map(fitting.map((child) => [child, [0, 1, 2].map((rank) => weight(child, rank))]));
  return fitting.sort((a, b) => {
    const [x, y] = [weights.get(a), weights.get(b)];
    return y[0] - x[0] || y[1] - x[1] || y[2] - x[2];
  });
}

function showMatrix(findings) {
  tally(findings);
  const head = columns.map((locale) => make("th", { scope: "col", class: asked.locale.has(locale.tag) ? "chosen" : undefined }, make("abbr", { title: locale.name }, locale.tag)));
  const body = make("tbody", {}, row(root, 0));
  appendRows(body, root, 1);
  byId("matrix").replaceChildren(
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Folder or page"), ...head)), body);
  setCursor(Math.min(cursor.row, byId("matrix").rows.length - 1), cursor.column);
}

function appendRows(body, node, depth) {
  const children = inOrder(node);
  const most = lengths.get(node.path) || MOST_ROWS;
  for (const child of children.slice(0, most)) {
    body.append(row(child, depth));
    if (child.folders && opened.has(child.path)) appendRows(body, child, depth + 1);
  }
  if (children.length > most) {
    const more = make("button", { type: "button", tabindex: "-1" }, `Show ${number.format(Math.min(200, children.length - most))} more of ${number.format(children.length)}`);
    more.addEventListener("click", () => {
      lengths.set(node.path, most + 200);
      showMatrix(select().matrix);
      focusCell();
    });
    body.append(make("tr", {}, make("th", { scope: "row", class: indent(depth), colspan: columns.length + 1 }, more)));
  }
}

const indent = (depth) => `in-${Math.min(depth, 8)}`;

function row(node, depth) {
  const isRoot = node === root;
  const isOpen = opened.has(node.path);
  const name = isRoot ? "All pages" : node.name;
  let head;
  if (node.folders && !isRoot) {
    head = make("button", { type: "button", class: "folder", tabindex: "-1", "aria-expanded": String(isOpen) },
      make("span", { class: "twist", "aria-hidden": "true" }, isOpen ? "▾" : "▸"), make("bdi", {}, `${name}/`));
    head.addEventListener("click", () => {
      if (isOpen) opened.delete(node.path);
      else opened.add(node.path);
      showMatrix(select().matrix);
      focusCell();
    });
  } else {
    head = make("button", { type: "button", class: "page", tabindex: "-1" }, make("bdi", {}, name));
    head.addEventListener("click", () => go(node, undefined));
  }
  const cells = columns.map((locale) => make("td", {}, cell(node, locale)));
  const chosen = asked.scope !== "" && node.path === asked.scope;
  return make("tr", { class: (isRoot ? "all" : "") + (chosen ? " chosen" : "") },
    make("th", { scope: "row", class: indent(depth), title: node.path || undefined }, head), ...cells);
}

function cell(node, locale) {
  const found = node.found ? node.found[locale.index] : [0, 0, 0, 0];
  const { there, missing } = node.documents[locale.index];
  const rank = found.slice(0, 3).findIndex((count) => count > 0);
  const words = SEVERITIES.map((severity, at) => found[at] && countOf(found[at], severity)).filter(Boolean);
  const isFolder = node.page === undefined;
  if (missing > 0) words.push(isFolder ? `${number.format(there)} of ${number.format(there + missing)} pages translated` : "not translated");
  if (there + missing === 0 && words.length === 0) return make("span", { class: "cell plain" }, unseen("not required"));
  // With filters, a cell without matches need not be clean.
  const isClean = there > 0 && !isNarrowed();
  const parts = rank < 0
    ? [make("span", { "aria-hidden": "true" }, there === 0 ? "–" : isClean ? "✓" : "·")]
    : [...found.slice(0, 3).entries()].filter(([at, count]) => count > 0 && at <= rank + 1).map(([at, count]) =>
      make("span", { class: at === rank ? "first" : "second", "aria-hidden": "true" }, SIGNS[SEVERITIES[at]], " ", compact(count)));
  const kind = rank >= 0 ? SEVERITIES[rank] : there === 0 ? "missing" : isClean ? "clean" : "plain";
  const extent = isFolder && missing > 0 && there > 0 ? make("small", { "aria-hidden": "true" }, `${compact(there)}/${compact(there + missing)}`) : null;
  const many = rank >= 0 && found[rank] >= 10 ? " many" : "";
  if (rank < 0 && there > 0) words.unshift(isClean ? "no findings" : "no finding matches the filters");
  const button = make("button", { type: "button", class: `cell ${kind}${many}`, tabindex: "-1",
    title: words.join(", ") }, ...parts, extent, unseen(`${locale.name}: ${words.join(", ")}`));
  button.addEventListener("click", () => go(node, locale));
  return button;
}

const compact = (count) => (count < 10000 ? String(count) : `${Math.round(count / 1000)}k`);

/** Shows the findings of a row or cell. */
function go(node, locale) {
  ask({ scope: node.path, locale: new Set(locale ? [locale.tag] : []) });
  byId("findings").scrollIntoView({ block: "start" });
  byId("findings").focus({ preventScroll: true });
}

const focusable = (row, column) => byId("matrix").rows[row]?.cells[column]?.querySelector("button");

/** One cell at a time can be reached with Tab; arrow keys move between cells. */
function setCursor(row, column) {
  focusable(cursor.row, cursor.column)?.setAttribute("tabindex", "-1");
  cursor = { row: Math.max(1, row), column: Math.max(0, column) };
  if (!focusable(cursor.row, cursor.column)) cursor.column = 0;
  focusable(cursor.row, cursor.column)?.setAttribute("tabindex", "0");
}

function focusCell() {
  focusable(cursor.row, cursor.column)?.focus();
}

function moveInMatrix(event) {
  const { row, column } = cursor;
  const last = byId("matrix").rows.length - 1;
  const steps = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, columns.length], PageUp: [Math.max(1, row - 10), column], PageDown: [Math.min(last, row + 10), column],
  };
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (step[0] < 1 || step[0] > last || step[1] < 0 || step[1] > columns.length) return;
  setCursor(step[0], step[1]);
  focusCell();
}
