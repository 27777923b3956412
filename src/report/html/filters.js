// Filters: the form, the address, and the chips that remove them.

const parts = {};

function makeFilters() {
  const names = {
    severity: (key) => [sign(key), PLURALS[key]],
    locale: (key) => [data.locales.find((locale) => locale.tag === key).name],
    rule: (key) => [key],
  };
  for (const [name, facet] of Object.entries(FACETS)) {
    parts[name] = new Map();
    for (const key of facet.keys) {
      const box = make("input", { type: "checkbox", name, value: key });
      const count = make("span", { class: "count" });
      const rule = name === "rule" ? data.rules.find((rule) => rule.id === key).summary : undefined;
      const label = make("label", { title: rule }, box, make("span", { class: "choice" }, ...names[name](key)), count);
      box.addEventListener("change", () => toggle(name, key, box.checked));
      parts[name].set(key, { box, count, label });
      byId("by-" + name).append(label);
    }
    byId("by-" + name).hidden = facet.keys.length < 2;
  }
  byId("scope").append(make("option", { value: "" }, "everywhere"));
  for (const folder of allFolders(root)) {
    if (folder.findings === 0) continue;
    const depth = folder.path.split("/").length - 2;
    const text = `${"\u00A0\u00A0\u00A0".repeat(depth)}${folder.name}/ (${number.format(folder.findings)})`;
    byId("scope").append(make("option", { value: folder.path }, text));
  }
  byId("scope").addEventListener("change", () => ask({ scope: byId("scope").value }));
  let waiting;
  byId("text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask({ text: byId("text").value.trim() }), 150);
  });
  const form = document.querySelector("#filters form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearFilters();
  });
}

/** Changes the filters and updates the page. */
function ask(change) {
  Object.assign(asked, change);
  refresh();
  remember();
}

function toggle(name, key, on = !asked[name].has(key)) {
  const set = new Set(asked[name]);
  if (on) set.add(key);
  else set.delete(key);
  ask({ [name]: set });
}

function clearFilters() {
  ask({ text: "", scope: "", severity: new Set(), locale: new Set(), rule: new Set() });
}

/** Updates the form with the filters, and with the number of findings of each choice. */
function showFilters(counts) {
  if (byId("text").value.trim() !== asked.text) byId("text").value = asked.text;
  const scope = byId("scope");
  scope.querySelector("[data-page]")?.remove();
  if (asked.scope !== "" && ![...scope.options].some((option) => option.value === asked.scope)) {
    scope.append(make("option", { value: asked.scope, "data-page": true }, asked.scope));
  }
  scope.value = asked.scope;
  let active = 0;
  for (const [name, facet] of Object.entries(FACETS)) {
    for (const key of facet.keys) {
      const { box, count, label } = parts[name].get(key);
      const found = counts[name].get(key) || 0;
      box.checked = asked[name].has(key);
      count.textContent = number.format(found);
      label.classList.toggle("none", found === 0 && !box.checked);
    }
    active += asked[name].size;
  }
  active += (asked.text === "" ? 0 : 1) + (asked.scope === "" ? 0 : 1);
  byId("filter-count").textContent = active === 0 ? "" : `(${active} set)`;
  byId("clear").disabled = active === 0;
  for (const button of document.querySelectorAll(".pick")) {
    button.setAttribute("aria-pressed", String(asked[button.dataset.facet].has(button.dataset.key)));
  }
  showChips();
}

function showChips() {
  const chips = [];
  const chip = (text, kind, take) => {
    const button = make("button", { type: "button", class: "chip", "aria-label": `Remove filter ${kind}: ${text}` },
      make("bdi", {}, text), make("span", { "aria-hidden": "true" }, "✕"));
    button.addEventListener("click", () => {
      take();
      byId("findings").focus({ preventScroll: true });
    });
    chips.push(button);
  };
  if (asked.text !== "") chip(`“${asked.text}”`, "text", () => ask({ text: "" }));
  if (asked.scope !== "") chip(asked.scope, "place", () => ask({ scope: "" }));
  for (const name of Object.keys(FACETS)) for (const key of asked[name]) chip(key, name, () => toggle(name, key, false));
  if (chips.length > 1) {
    const all = make("button", { type: "button", class: "chip all" }, "Clear all");
    all.addEventListener("click", clearFilters);
    chips.push(all);
  }
  byId("chips").replaceChildren(...chips);
}

/** Writes the filters into the address, so that they can be shared. */
function remember() {
  const query = new URLSearchParams();
  if (asked.text !== "") query.set("text", asked.text);
  if (asked.scope !== "") query.set("in", asked.scope);
  for (const name of Object.keys(FACETS)) if (asked[name].size > 0) query.set(name, [...asked[name]].join(","));
  const words = query.toString();
  try {
    history.replaceState(null, "", words === "" ? location.href.split("#")[0] : "#" + words);
  } catch {
    // Some browsers do not allow this for files: the address stays as it is.
  }
}

/** Reads the filters from the address and ignores unknown ones. */
function recall(words) {
  const query = new URLSearchParams(words);
  asked.text = query.get("text") || "";
  asked.scope = query.get("in") || "";
  for (const [name, facet] of Object.entries(FACETS)) {
    asked[name] = new Set((query.get(name) || "").split(",").filter((key) => facet.keys.includes(key)));
  }
}
