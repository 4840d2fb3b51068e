import { ModelError } from "../errors";

/** Header fields that pax records override for the member that follows them. */
export type PaxOverrides = { path?: string; size?: number };

/**
 * Parses pax extended headers, lines of `<length> <key>=<value>` (POSIX.1-2001, pax). Other keys
 * than path and size, such as times and owners, are skipped.
 *
 * @throws ModelError `malformed`, or `refused` for sparse members
 */
export function parsePaxRecords(bytes: Uint8Array, where: string): PaxOverrides {
  const overrides: PaxOverrides = {};
  for (let position = 0; position < bytes.length;) {
    const space = bytes.indexOf(0x20, position);
    const digits = Buffer.from(bytes.subarray(position, Math.max(space, position))).toString();
    const end = position + Number(digits);
    if (!/^[1-9]\d{0,6}$/.test(digits) || end > bytes.length || bytes[end - 1] !== 0x0a) {
      throw new ModelError("malformed", `${where}: broken pax record`);
    }
    const record = Buffer.from(bytes.subarray(space + 1, end - 1)).toString("utf8");
    apply(record, overrides, where);
    position = end;
  }
  return overrides;
}

function apply(record: string, overrides: PaxOverrides, where: string): void {
  const equals = record.indexOf("=");
  if (equals < 1) throw new ModelError("malformed", `${where}: broken pax record`);
  const key = record.slice(0, equals);
  const value = record.slice(equals + 1);
  if (key.startsWith("GNU.sparse.")) {
    throw new ModelError("refused", `${where}: sparse member (${key})`);
  }
  if (key === "path") overrides.path = value;
  if (key === "size") {
    const size = Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(size)) {
      throw new ModelError("refused", `${where}: impossible pax size ${JSON.stringify(value)}`);
    }
    overrides.size = size;
  }
}
