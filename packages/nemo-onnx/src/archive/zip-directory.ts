import { ModelError } from "../errors";
import { readBytes, type ByteSource } from "./byte-source";

/** Position of a zip archive's central directory (APPNOTE 4.3.6); offset and size in bytes. */
export type ZipDirectory = { offset: number; size: number; entries: number };

const endSize = 22;
const commentLimit = 0xffff;
const locatorSize = 20;
const end64Size = 56;
const signatures = { end: 0x06054b50, locator64: 0x07064b50, end64: 0x06064b50 };
/** Bytes of the directory: an entry takes about 60, and real checkpoints stay below 2 MB. */
const directoryLimitBytes = 2 ** 26;

/**
 * Finds the central directory from the end of the file, by the ZIP64 end record where there is one.
 *
 * @throws ModelError `malformed` when there is no end record, or when the directory does not lie
 *   within the file
 */
export async function findZipDirectory(zip: ByteSource): Promise<ZipDirectory> {
  const tailStart = Math.max(0, zip.size - endSize - commentLimit - locatorSize);
  const tail = viewOf(await readBytes(zip, tailStart, zip.size - tailStart));
  const end = findEnd(tail);
  if (end === undefined) throw new ModelError("malformed", `${zip.name} is not a zip archive`);
  const locator = end - locatorSize;
  const isZip64 = locator >= 0 && tail.getUint32(locator, true) === signatures.locator64;
  const directory = isZip64
    ? await readEnd64(zip, Number(tail.getBigUint64(locator + 8, true)))
    : readEnd(tail, end, tailStart + end);
  const { offset, size, before } = directory;
  if (offset + size > before || size > directoryLimitBytes) {
    throw new ModelError(
      "malformed",
      `${zip.name}: no zip directory of ${size} bytes at ${offset}`,
    );
  }
  return directory;
}

/** `before`: position of the end record, which the directory must not overlap. */
type FoundDirectory = ZipDirectory & { before: number };

function readEnd(tail: DataView, end: number, before: number): FoundDirectory {
  return {
    entries: tail.getUint16(end + 10, true),
    size: tail.getUint32(end + 12, true),
    offset: tail.getUint32(end + 16, true),
    before,
  };
}

async function readEnd64(zip: ByteSource, position: number): Promise<FoundDirectory> {
  const end = viewOf(await readBytes(zip, position, end64Size));
  if (end.getUint32(0, true) !== signatures.end64) {
    throw new ModelError("malformed", `${zip.name}: no ZIP64 end record at ${position}`);
  }
  return {
    entries: Number(end.getBigUint64(32, true)),
    size: Number(end.getBigUint64(40, true)),
    offset: Number(end.getBigUint64(48, true)),
    before: position,
  };
}

/** Offset of the last end record whose comment reaches exactly to the end of the file. */
function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - endSize; at >= 0; at -= 1) {
    const comment = tail.byteLength - at - endSize;
    if (tail.getUint32(at, true) === signatures.end && tail.getUint16(at + 20, true) === comment) {
      return at;
    }
  }
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
