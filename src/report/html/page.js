// Puts everything together.

/** Applies the filters. */
function refresh() {
  const { shown, matrix, counts } = select();
  showFilters(counts);
  showMatrix(matrix);
  showFindings(shown);
}

function makeTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = byId("theme");
  const page = document.documentElement;
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : system.matches);
  const show = () => { button.textContent = isDark() ? "Light theme" : "Dark theme"; };
  const kept = "isogloss-theme";
  try {
    const theme = localStorage.getItem(kept);
    if (theme === "dark" || theme === "light") page.dataset.theme = theme;
  } catch {
    // A page opened from a file may not have storage.
  }
  button.addEventListener("click", () => {
    page.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(kept, page.dataset.theme);
    } catch {
      // It lasts until the page is closed.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
  button.hidden = false;
}

/** Follows the address: to a finding, a place in the page, or filters. */
function follow() {
  const words = location.hash.slice(1);
  if (/^[0-9a-f]{16}$/.test(words)) reveal(words);
  else if (words === "" || words.includes("=")) {
    recall(words);
    refresh();
  }
}

makeTheme();
showOverview();
makeFilters();
makeMatrix();
makeFindings();
byId("filters").open = matchMedia("(min-width: 62rem)").matches;
byId("work").hidden = data.pages.length === 0;
refresh();
if (location.hash !== "") follow();
window.addEventListener("hashchange", follow);
