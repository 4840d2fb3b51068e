/** @returns "Monday, 30 November 2026 at 16:03 (Europe/Berlin, GMT+01:00)" */
export function shownTime(atMs: number, timeZone: string): string {
  const date = new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "full" }).format(atMs);
  return `${date} at ${shownHour(atMs, timeZone)} (${timeZone}, ${offsetName(atMs, timeZone)})`;
}

/** @returns "16:03" */
export function shownHour(atMs: number, timeZone: string): string {
  const format = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-GB", format).format(atMs);
}

/** @returns "2 h 5 min", "40 s" */
export function shownLength(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), "days"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  return shown.length === 0 ? "0 s" : shown.slice(0, 2).join(" ");
}

function offsetName(atMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" });
  return format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
}
