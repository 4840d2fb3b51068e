import { utcOffsetMs, wallClockAt } from "./wall-clock";

const two = (value: number) => String(value).padStart(2, "0");

/** @returns "Monday, 30 November 2026 at 16:03 (Europe/Berlin, UTC+01:00)" */
export function shownTime(atMs: number, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(atMs);
  const { day, year } = wallClockAt(atMs, timeZone);
  const date = `${part({ weekday: "long" })}, ${day} ${part({ month: "long" })} ${year}`;
  return `${date} at ${shownHour(atMs, timeZone)} (${timeZone}, ${offsetName(atMs, timeZone)})`;
}

/** @returns "16:03" */
export function shownHour(atMs: number, timeZone: string): string {
  const { hour, minute } = wallClockAt(atMs, timeZone);
  return `${two(hour)}:${two(minute)}`;
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
  const minutes = Math.round(utcOffsetMs(atMs, timeZone) / 60_000);
  const sign = minutes < 0 ? "-" : "+";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${sign}${two(hours)}:${two(rest)}`;
}
