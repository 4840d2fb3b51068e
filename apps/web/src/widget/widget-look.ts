/** Seal of the favicon: it stands for the agent. */
export const buttonIcon = `<svg aria-hidden="true" viewBox="0 0 32 32" fill="none" stroke="currentColor"
  stroke-width="2.4" stroke-linecap="round"><circle cx="16" cy="16" r="7" fill="currentColor"
  stroke="none"/><path d="M16 1.5v4.5M16 26v4.5M1.5 16h4.5M26 16h4.5M5.75 5.75l3.2 3.2M23.05 23.05l3.2
  3.2M5.75 26.25l3.2-3.2M23.05 8.95l3.2-3.2"/></svg>`;

/** Styles within the shadow root: the page's own do not reach in, nor these out. */
const styles = `
:host { all: initial; }
.parley {
  color-scheme: light dark;
  --panel: light-dark(#f9faf6, #141d1a);
  --line: light-dark(#d5dcd3, #2a3732);
  --ink: light-dark(#14201b, #e9eee9);
  --accent: light-dark(#f0b13a, #f2b84b);
  --accent-line: light-dark(#b57a10, #f2b84b);
  --edge: max(1rem, env(safe-area-inset-bottom));
  font: 16px/1.4 system-ui, "Segoe UI", Roboto, sans-serif;
}
.parley.light { color-scheme: light; }
.parley.dark { color-scheme: dark; }
button {
  position: fixed;
  z-index: 2147483000;
  bottom: var(--edge);
  right: 1rem;
  display: inline-flex;
  align-items: center;
  gap: 0.625rem;
  box-sizing: border-box;
  max-width: calc(100vw - 2rem);
  min-height: 3.25rem;
  border: 1px solid var(--accent-line);
  border-radius: 1.625rem;
  padding: 0 1.25rem 0 1rem;
  background: var(--accent);
  color: #1d1503;
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.2), 0 8px 24px -6px rgb(0 0 0 / 0.35);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
  transition: transform 120ms ease-out, filter 120ms;
}
button span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
button:hover { filter: brightness(1.05); }
button:active { transform: scale(0.98); }
button:focus-visible { outline: 3px solid var(--accent-line); outline-offset: 3px; }
svg { flex: none; width: 1.5rem; height: 1.5rem; }
.talking svg { animation: parley-turn 12s linear infinite; }
@keyframes parley-turn { to { transform: rotate(1turn); } }
section {
  position: fixed;
  z-index: 2147483000;
  bottom: calc(var(--edge) + 4rem);
  right: 1rem;
  box-sizing: border-box;
  width: min(22.5rem, calc(100vw - 2rem));
  height: min(32rem, calc(100dvh - 6.5rem));
  border: 1px solid var(--line);
  border-radius: 1.125rem;
  overflow: hidden;
  background: var(--panel);
  color: var(--ink);
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.15), 0 16px 48px -8px rgb(0 0 0 / 0.4);
}
section[hidden] { display: none; }
section:has(.refusal) { height: auto; }
.left button, .left section { right: auto; left: 1rem; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: inherit; }
.refusal { display: grid; gap: 0.5rem; padding: 1.25rem; }
.refusal p { margin: 0; }
.refusal code { font: 0.875rem ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
@media (prefers-reduced-motion: reduce) {
  button { transition: none; }
  .talking svg { animation: none; }
}
@media (forced-colors: active) {
  button { border: 2px solid ButtonText; background: ButtonFace; color: ButtonText; }
  section { border: 2px solid CanvasText; }
}
`;

/** Style sheet to adopt. */
export function sheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(styles);
  return made;
}
