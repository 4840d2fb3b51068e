import { AppError } from "@parley/shared/errors";
import { timeOfWallClock, wallClockAt } from "../time/wall-clock";

const dateAndTime =
  /^(?:(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ])?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?(?<offset>Z|[+-]\d\d:?\d\d)?$/iu;

const dayMs = 86_400_000;

/**
 * Time that a model names: "2026-11-30T17:00", "17:00" for the next time that clocks show it, or a
 * date with an offset.
 *
 * @returns Unix time in ms
 * @throws AppError `invalid-request`
 */
export function dueTime(text: string, { nowMs, timeZone }: { nowMs: number; timeZone: string }) {
  const groups = dateAndTime.exec(text.trim())?.groups;
  if (groups === undefined) throw unreadable(text);
  if (groups.offset !== undefined) {
    const ms = Date.parse(text.trim());
    if (Number.isNaN(ms)) throw unreadable(text);
    return ms;
  }
  const today = wallClockAt(nowMs, timeZone);
  const time = {
    hour: Number(groups.hour),
    minute: Number(groups.minute),
    second: Number(groups.second ?? 0),
  };
  if (time.hour > 23 || time.minute > 59 || time.second > 59) throw unreadable(text);
  if (groups.year !== undefined) {
    const [year, month, day] = [groups.year, groups.month, groups.day].map(Number);
    const date = { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
    return timeOfWallClock({ ...date, ...time }, timeZone);
  }
  const soon = timeOfWallClock({ ...today, ...time }, timeZone);
  if (soon > nowMs) return soon;
  return timeOfWallClock({ ...wallClockAt(nowMs + dayMs, timeZone), ...time }, timeZone);
}

function unreadable(text: string): AppError {
  const message = `${text.slice(0, 60)} is no time. Write it like 2026-11-30T17:00 or 17:00.`;
  return new AppError("invalid-request", message);
}
