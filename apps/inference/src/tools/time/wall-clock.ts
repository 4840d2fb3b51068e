/** Time on the clock of some place. */
export type WallClock = {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
};

/** @returns what the clocks of a time zone show at a time; Unix time, ms */
export function wallClockAt(atMs: number, timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}

/**
 * @returns when the clocks of a time zone show this, Unix time in ms; of an hour that comes twice the
 *   first, of one that is left out the time after it
 */
export function timeOfWallClock(wall: WallClock, timeZone: string): number {
  const wanted = asIfUtc(wall);
  // The offset is that of the time in question, which depends on it in turn: twice is enough.
  const first = wanted - utcOffsetMs(wanted, timeZone);
  return wanted - utcOffsetMs(first, timeZone);
}

/** @returns how far the clocks of a time zone are ahead of UTC, ms */
export function utcOffsetMs(atMs: number, timeZone: string): number {
  return asIfUtc(wallClockAt(atMs, timeZone)) - Math.floor(atMs / 1_000) * 1_000;
}

function asIfUtc({ year, month, day, hour, minute, second }: WallClock): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
