// Theme of the first frame: this script runs before anything is painted. It is a file of its own
// and no module, since bundled modules run too late and the page's policy forbids inline scripts.
// stores/preferences.ts describes the value it reads.
try {
  const { theme } = JSON.parse(localStorage.getItem("parley.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden or unreadable: the theme of the system applies.
}

// index.html carries the lobby's first frame (pages/lobby/first-paint.ts), for the lobby alone.
if (location.pathname === "/") document.documentElement.dataset.at = "lobby";
