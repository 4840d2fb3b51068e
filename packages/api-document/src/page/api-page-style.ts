/** Looks of the page, for light and dark, narrow and wide. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#eff2ec, #0e1513);
  --panel: light-dark(#f9faf6, #141d1a);
  --line: light-dark(#d5dcd3, #2a3732);
  --ink: light-dark(#14201b, #e9eee9);
  --soft: light-dark(#4d5b54, #a3b1aa);
  --accent-text: light-dark(#7d5200, #f2b84b);
  --warn-text: light-dark(#a3331f, #ff9d86);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 52rem;
  padding: 2rem 1rem 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
}
h1, h2 { margin: 0; font-family: Georgia, "Times New Roman", serif; font-weight: 500; line-height: 1.2; }
h1 { font-size: 2.25rem; }
h2 { margin-top: 2.5rem; font-size: 1.5rem; text-transform: capitalize; }
h4 { margin: 1.25rem 0 0.25rem; font-size: 0.875rem; }
p { margin: 0.5rem 0; }
a { color: var(--accent-text); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 1rem; }
nav a { text-transform: capitalize; }
header p, section > p { color: var(--soft); }
code { font: 0.9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
details { margin-top: 0.625rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--panel); }
summary {
  display: grid;
  grid-template-columns: 4.25rem minmax(0, 1fr);
  gap: 0 0.75rem;
  align-items: baseline;
  border-radius: 0.75rem;
  padding: 0.75rem 1rem;
  cursor: pointer;
  list-style: none;
}
summary::-webkit-details-marker { display: none; }
.verb { font-size: 0.75rem; font-weight: 700; letter-spacing: 0.04em; color: var(--accent-text); }
.verb.get { color: var(--soft); }
.verb.delete { color: var(--warn-text); }
.summary { grid-column: 2; color: var(--soft); }
.operation { border-top: 1px solid var(--line); padding: 0.5rem 1rem 1rem; }
.access { color: var(--accent-text); }
.media, .type, .optional, .facts { color: var(--soft); font-size: 0.875rem; }
.optional { font-style: italic; }
.or { color: var(--soft); font-size: 0.875rem; font-style: italic; }
ul { margin: 0; padding: 0; list-style: none; }
.schema .schema { margin-left: 0.25rem; border-left: 2px solid var(--line); padding-left: 0.875rem; }
.schema li, .answers > li { padding: 0.25rem 0; }
.schema p { margin: 0; color: var(--soft); font-size: 0.9375rem; }
.status { display: inline-block; min-width: 2.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
@media (min-width: 44rem) {
  summary { grid-template-columns: 4.25rem minmax(16rem, auto) minmax(0, 1fr); }
  .summary { grid-column: 3; }
}
`;
