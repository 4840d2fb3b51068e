const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** When a room was visited, for people: `14:05`, `Yesterday, 14:05`, `Sun, Nov 29, 14:05`. */
export function visitTime(atMs: number, nowMs: number): string {
  const clock = time.format(atMs);
  switch (daysBetween(atMs, nowMs)) {
    case 0:
      return clock;
    case 1:
      return `${capitalized(relative.format(-1, "day"))}, ${clock}`;
    default:
      return `${day.format(atMs)}, ${clock}`;
  }
}

/** Midnights between two moments, in this browser's zone. */
function daysBetween(atMs: number, nowMs: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  // Days of 23 and 25 hours are rounded to whole ones.
  return Math.round((midnight(nowMs) - midnight(atMs)) / 86_400_000);
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
