import { ModelError } from "../errors";

/** A central directory entry (APPNOTE 4.3.12). */
export type ZipCentralEntry = {
  name: string;
  /** Bytes of the name as stored. */
  nameBytes: number;
  /** Bytes of content. */
  size: number;
  /** Position of the local header in the file. */
  headerOffset: number;
};

const signature = 0x02014b50;
const headerSize = 46;
const zip64ExtraId = 0x0001;
/** Value of a 32-bit field whose true value stands in the ZIP64 extra field. */
const seeZip64 = 0xffffffff;
const encryptedFlag = 0x0001;
/** Entries at most: there is one per storage, and real checkpoints have some hundred. */
const entryLimit = 200_000;

/**
 * Parses a central directory whose entries are all uncompressed, as torch writes them.
 *
 * @param archive the archive's name, for error messages
 * @throws ModelError `malformed`, or `refused` for compressed and encrypted entries
 */
export function parseCentralEntries(
  directory: Uint8Array,
  count: number,
  archive: string,
): readonly ZipCentralEntry[] {
  if (count > entryLimit) throw new ModelError("refused", `${archive}: ${count} zip entries`);
  const entries: ZipCentralEntry[] = [];
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    const { entry, length } = parseEntry(
      directory.subarray(position),
      `${archive}: entry ${index}`,
    );
    entries.push(entry);
    position += length;
  }
  if (position !== directory.length) {
    throw new ModelError("malformed", `${archive}: zip directory of more than ${count} entries`);
  }
  return entries;
}

function parseEntry(bytes: Uint8Array, where: string): { entry: ZipCentralEntry; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerSize || view.getUint32(0, true) !== signature) {
    throw new ModelError("malformed", `${where}: not a zip directory entry`);
  }
  const nameBytes = view.getUint16(28, true);
  const extraStart = headerSize + nameBytes;
  const extraEnd = extraStart + view.getUint16(30, true);
  const length = extraEnd + view.getUint16(32, true);
  if (length > bytes.length) throw new ModelError("malformed", `${where}: truncated`);
  const name = Buffer.from(bytes.subarray(headerSize, extraStart)).toString("utf8");
  if ((view.getUint16(8, true) & encryptedFlag) !== 0) {
    throw new ModelError("refused", `${where}, ${name}: encrypted`);
  }
  const wide = readWideFields(bytes.subarray(extraStart, extraEnd), [
    view.getUint32(24, true),
    view.getUint32(20, true),
    view.getUint32(42, true),
  ]);
  if (wide === undefined) throw new ModelError("malformed", `${where}, ${name}: no ZIP64 field`);
  const [size, packedSize, headerOffset] = wide;
  if (view.getUint16(10, true) !== 0 || packedSize !== size) {
    throw new ModelError(
      "refused",
      `${where}, ${name}: compressed; torch stores entries uncompressed`,
    );
  }
  return { entry: { name, nameBytes, size, headerOffset }, length };
}

type SizesAndOffset = readonly [size: number, packedSize: number, headerOffset: number];

/** Replaces fields that do not fit 32 bits by their values in the ZIP64 extra field. */
function readWideFields(extra: Uint8Array, fields: SizesAndOffset): SizesAndOffset | undefined {
  if (!fields.includes(seeZip64)) return fields;
  const wide = findExtra(extra, zip64ExtraId);
  let at = 0;
  const widen = (field: number): number => {
    if (field !== seeZip64) return field;
    at += 8;
    return wide === undefined || at > wide.byteLength
      ? NaN
      : Number(wide.getBigUint64(at - 8, true));
  };
  const widened = [widen(fields[0]), widen(fields[1]), widen(fields[2])] as const;
  return widened.includes(NaN) ? undefined : widened;
}

function findExtra(extra: Uint8Array, id: number): DataView | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > extra.length) return undefined;
    if (view.getUint16(at, true) === id) {
      return new DataView(extra.buffer, extra.byteOffset + at + 4, length);
    }
    at += 4 + length;
  }
  return undefined;
}
