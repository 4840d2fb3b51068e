// Loaded before anything is painted, so that a chosen theme is there from the first frame. A file
// of its own and no module: bundled modules run too late, and the page's policy forbids inline
// scripts. It reads the one value it needs from what stores/preferences.ts describes.
try {
  const { theme } = JSON.parse(localStorage.getItem("parley.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden or unreadable: the system's theme it is.
}
