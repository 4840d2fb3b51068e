/** Time left, rounded up: "12s", "3m05s", "1h20m". */
export function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  const padded = (value: number) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole}s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)}m${padded(whole % 60)}s`;
  return `${Math.floor(whole / 3_600)}h${padded(Math.floor((whole % 3_600) / 60))}m`;
}
