// The findings: built while scrolling, as a window of all that match.

const CHUNK = 40;
const MOST_PRINTED = 1000;
const MOST_PLACES = 12;
let list = [];
let first = 0;
let end = 0;

function makeFindings() {
  byId("order").addEventListener("change", refresh);
  byId("more").addEventListener("click", () => {
    const next = end;
    append();
    article(next)?.focus();
  });
  byId("earlier").addEventListener("click", () => {
    const before = Math.max(0, first - CHUNK);
    byId("feed").prepend(...list.slice(before, first).map((finding, at) => card(finding, before + at)));
    first = before;
    showEnds();
    article(first)?.focus();
  });
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && end < list.length) append();
  }, { rootMargin: "1500px" }).observe(byId("more"));
  byId("feed").addEventListener("keydown", moveInFeed);
  byId("feed").addEventListener("click", (event) => {
    const place = event.target.closest("button.place");
    if (place) copy(place.dataset.place);
  });
  window.addEventListener("beforeprint", () => {
    while (end < list.length && end - first < MOST_PRINTED) append();
  });
}

function showFindings(shown) {
  list = byId("order").value === "file" ? shown : [0, 1, 2].flatMap((rank) => shown.filter((finding) => finding.rank === rank));
  const all = data.findings.length;
  byId("count").textContent = shown.length === all ? countOfAll(all) : `${number.format(shown.length)} of ${countOfAll(all)}`;
  showFrom(0);
}

const countOfAll = (count) => plural(count, "finding");

function showFrom(index) {
  first = end = index;
  byId("feed").replaceChildren();
  if (list.length === 0) {
    const isBlind = data.notices.some((notice) => notice.level === "blind");
    const none = isBlind ? "No findings in what could be checked." : "No findings.";
    const text = data.findings.length === 0 ? none : "No findings match these filters.";
    byId("feed").append(make("p", { class: "empty" }, text));
  }
  append();
}

function append() {
  const next = Math.min(list.length, end + CHUNK);
  byId("feed").append(...list.slice(end, next).map((finding, at) => card(finding, end + at)));
  end = next;
  showEnds();
}

function showEnds() {
  byId("earlier").hidden = first === 0;
  byId("earlier").textContent = `Show the ${plural(Math.min(CHUNK, first), "finding")} before`;
  byId("more").hidden = end >= list.length;
  byId("more").textContent = `Show ${number.format(Math.min(CHUNK, list.length - end))} more of ${number.format(list.length - end)}`;
}

const article = (index) => byId("feed").children[index - first];

function card(finding, index) {
  const rule = data.rules[finding.rule];
  const locale = data.locales[finding.locale];
  const title = `title-${finding.id}`;
  const sides = finding.panes.filter((pane) => pane.runs);
  const places = finding.panes.filter((pane) => !pane.runs);
  const link = make("a", { class: "anchor", href: "#" + finding.id, "aria-label": "Link to this finding" }, "#");
  const about = make("a", { class: "rule", href: rule.address, title: rule.summary, target: "_blank", rel: "noopener noreferrer" }, rule.id);
  return make("article", { tabindex: "0", class: "finding " + finding.severity, "data-id": finding.id, "aria-labelledby": title,
    "aria-posinset": String(index + 1), "aria-setsize": String(list.length) },
    make("div", { class: "facts" },
      make("span", { class: "badge " + finding.severity }, sign(finding.severity), finding.severity),
      about, make("span", { class: "locale" }, locale.name), make("span", { class: "of", title: finding.path }, make("bdi", {}, finding.path)), link),
    make("h3", { id: title, dir: "auto" }, finding.message),
    sides.length === 0 ? null : make("div", { class: `sides of-${Math.min(3, sides.length)}` }, ...sides.map((pane) => side(finding, pane))),
    places.length === 0 ? null : otherPlaces(places));
}

const nameOf = (tag) => data.locales.find((locale) => locale.tag === tag)?.name || tag;

/** One side: its locale, place and text. */
function side(finding, pane) {
  const states = { was: ", when translated", now: ", now" };
  const head = make("div", { class: "side-head" }, make("strong", {}, nameOf(pane.locale) + (states[pane.role] || "")),
    pane.place ? placeButton(pane.place) : null);
  const gap = pane.runs.length === 3 && pane.runs[1] === "";
  // A fully marked block is marked in the margin, so that it stays readable.
  const whole = pane.runs.length === 3 && !gap && /^[\s\d*+.)#>-]*$/.test(pane.runs[0]) && pane.runs[2] === "";
  const text = make("div", { class: whole ? "text whole" : "text", dir: "auto", lang: pane.locale });
  pane.runs.forEach((run, at) => {
    if (at % 2 === 0) text.append(make("span", {}, run));
    else if (gap) text.append(make("span", { class: "gap", dir: "ltr", lang: "en" }, pane.note || "missing here"));
    else text.append(make(pane.role === "was" ? "del" : pane.role === "now" ? "ins" : "mark", {}, run));
  });
  const note = pane.note && !gap ? make("p", { class: "note", dir: "auto" }, pane.note) : null;
  return make("div", { role: "group", class: "side " + pane.role, "aria-label": nameOf(pane.locale) + (states[pane.role] || "") }, head, text, note);
}

function placeButton(place) {
  const words = `${place.path}:${place.line}:${place.column}`;
  return make("button", { type: "button", class: "place", "data-place": words, "aria-label": `Copy the location ${words}`, title: "Copy" },
    make("bdi", {}, `${place.path}:${place.line}`));
}

function otherPlaces(panes) {
  const items = panes.slice(0, MOST_PLACES).map((pane) =>
    make("li", {}, make("span", { class: "locale" }, nameOf(pane.locale)), placeButton(pane.place), pane.note ? make("bdi", {}, pane.note) : null));
  if (panes.length > MOST_PLACES) items.push(make("li", {}, `and ${plural(panes.length - MOST_PLACES, "more location")}`));
  return make("ul", { class: "places" }, ...items);
}

/** Copies a location; a page opened from a file may only have the old clipboard API. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const focused = document.activeElement;
    const field = make("textarea", { class: "unseen", readonly: true });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    focused?.focus();
  }
  announce(`Copied ${text}`);
  byId("announcement").classList.add("toast");
  clearTimeout(copy.waiting);
  copy.waiting = setTimeout(() => byId("announcement").classList.remove("toast"), 1800);
}

/** Keys of a feed: move between findings. */
function moveInFeed(event) {
  const current = event.target.closest("article");
  if (!current || (event.key !== "PageDown" && event.key !== "PageUp")) return;
  event.preventDefault();
  if (event.key === "PageDown" && !current.nextElementSibling && end < list.length) append();
  const next = event.key === "PageDown" ? current.nextElementSibling : current.previousElementSibling;
  if (next) next.focus();
  else byId("findings").focus();
}

/** Shows a finding, whatever the filters. */
function reveal(id) {
  const finding = findingsById.get(id);
  if (!finding) {
    announce("This report contains no finding with that address.");
    return;
  }
  if (!list.includes(finding)) {
    recall("");
    refresh();
  }
  const index = list.indexOf(finding);
  if (index < first || index >= end) showFrom(index - (index % CHUNK));
  document.querySelector("article.target")?.classList.remove("target");
  const found = article(index);
  found.classList.add("target");
  found.scrollIntoView({ block: "start" });
  found.focus({ preventScroll: true });
}
