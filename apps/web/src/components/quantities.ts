const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** No-break space between a number and its unit. */
const space = "\u00a0";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** Size in bytes as text, in powers of ten: `2.4 GB`, `660 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${(value < 9.95 ? tenths : whole).format(value)}${space}${units[unit] ?? ""}`;
}

/** Duration as text, rounded to one unit: `45 s`, `12 min`, `3 h`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))}${space}s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)}${space}min`;
  return `${Math.round(seconds / 3_600)}${space}h`;
}
