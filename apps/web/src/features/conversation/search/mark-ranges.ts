/**
 * Marks places of the page without a change to its elements, by CSS custom highlights
 * (`::highlight(found)` and `::highlight(found-now)` in styles.css). Browsers without them mark
 * nothing; the place that is looked at is scrolled to all the same.
 *
 * @returns a function that takes the marks away
 */
export function markRanges(ranges: readonly Range[], current: Range | null): () => void {
  const registry = (globalThis.CSS as { highlights?: HighlightRegistry } | undefined)?.highlights;
  if (registry === undefined) return () => undefined;
  registry.set("found", new Highlight(...ranges));
  const now = new Highlight(...(current === null ? [] : [current]));
  now.priority = 1;
  registry.set("found-now", now);
  return () => {
    registry.delete("found");
    registry.delete("found-now");
  };
}
