/** pino's level numbers. */
const levelNames: Readonly<Record<string, string>> = {
  20: "debug",
  30: "info",
  40: "warn",
  50: "ERROR",
  60: "FATAL",
};

const hidden = new Set(["level", "time", "msg", "pid", "hostname"]);

/** Formats pino's JSON as a readable line: `12:00:01 info  a room was closed  roomId=…`. */
export function readableLogLine(json: string): string {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return json;
  }
  const time = new Date(Number(record.time)).toTimeString().slice(0, 8);
  const level = (levelNames[String(record.level)] ?? "?").padEnd(5);
  const fields = Object.entries(record)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return `${[`${time} ${level} ${String(record.msg)}`, ...fields].join("  ")}\n`;
}
