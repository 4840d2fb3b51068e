const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Decimal units, as for disks and downloads: "2.5 GB" of 1000 MB each. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit: string = units[0];
  for (const next of units.slice(1)) {
    // A value that would round to 1000 belongs to the next unit.
    if (value < 999.5) break;
    value /= 1_000;
    unit = next;
  }
  const digits = unit === "B" || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}
