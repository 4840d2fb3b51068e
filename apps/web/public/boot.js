// What cannot wait for the bundle. It is a file of its own and no module, since bundled modules run
// after the first frame and the page's policy forbids inline scripts.

// The theme of the first frame; stores/preferences.ts describes the value.
try {
  const { theme } = JSON.parse(localStorage.getItem("parley.preferences") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden or unreadable: the theme of the system applies.
}

// index.html carries the lobby's first frame (pages/lobby/first-paint.ts), for the lobby alone.
if (location.pathname === "/") document.documentElement.dataset.at = "lobby";

// Who opens a room's link over a slow network would wait for the page's code to name the room's, and
// for that to ask about the room. build/room-scripts.ts writes the list.
const room = /^\/r\/([\w-]+)\/?$/.exec(location.pathname)?.[1];
if (room !== undefined) {
  const list = document.querySelector('meta[name="room-scripts"]')?.content ?? "";
  for (const href of list.split(" ").filter(Boolean)) hint({ rel: "modulepreload", href });
  hint({ rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `/api/rooms/${room}` });
}

/** @param {Partial<HTMLLinkElement>} properties */
function hint(properties) {
  document.head.append(Object.assign(document.createElement("link"), properties));
}
