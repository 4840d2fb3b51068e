const day = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/**
 * The day on which an entry was said, where it needs a line of its own: it is another day than that
 * of the entry before, or, for the first entry, than today. Null otherwise.
 *
 * @param beforeMs time of the entry before; null for the first one
 */
export function newDayOf(atMs: number, beforeMs: number | null, nowMs: number): string | null {
  const own = day.format(atMs);
  return own === day.format(beforeMs ?? nowMs) ? null : own;
}
