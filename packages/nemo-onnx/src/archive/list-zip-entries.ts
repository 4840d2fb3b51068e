import { ModelError } from "../errors";
import { readBytes, sourcePart, type ByteSource } from "./byte-source";
import { parseCentralEntries, type ZipCentralEntry } from "./parse-central-entries";
import { findZipDirectory } from "./zip-directory";

const localSignature = 0x04034b50;
const localHeaderSize = 30;

/**
 * Lists the entries of a zip archive without compression (method "stored"), ZIP64 included, each as
 * a byte source. Checksums are not verified: that would mean reading the whole file.
 *
 * @throws ModelError `malformed` when the central directory and the local headers disagree or an
 *   entry reaches beyond the start of the directory, `refused` for compressed, encrypted, duplicate
 *   or overlapping entries
 */
export async function listZipEntries(zip: ByteSource): Promise<ReadonlyMap<string, ByteSource>> {
  const directory = await findZipDirectory(zip);
  const bytes = await readBytes(zip, directory.offset, directory.size);
  const sorted = parseCentralEntries(bytes, directory.entries, zip.name).toSorted(
    (first, second) => first.headerOffset - second.headerOffset,
  );
  const entries = new Map<string, ByteSource>();
  let end = 0;
  for (const entry of sorted) {
    const where = `${zip.name}: ${entry.name}`;
    if (entry.headerOffset < end)
      throw new ModelError("refused", `${where} overlaps another entry`);
    if (entries.has(entry.name)) throw new ModelError("refused", `${where} occurs twice`);
    const offset = await findContent(zip, entry, where);
    end = offset + entry.size;
    if (end > directory.offset) {
      throw new ModelError("malformed", `${where} reaches beyond the start of the zip directory`);
    }
    entries.set(entry.name, sourcePart(zip, { name: entry.name, offset, size: entry.size }));
  }
  return entries;
}

/**
 * Start of an entry's content: behind its local header, whose length the directory does not hold.
 */
async function findContent(
  zip: ByteSource,
  entry: ZipCentralEntry,
  where: string,
): Promise<number> {
  const bytes = await readBytes(zip, entry.headerOffset, localHeaderSize + entry.nameBytes);
  const view = new DataView(bytes.buffer);
  const name = Buffer.from(bytes.subarray(localHeaderSize)).toString("utf8");
  const isHeader = view.getUint32(0, true) === localSignature;
  if (!isHeader || view.getUint16(26, true) !== entry.nameBytes || name !== entry.name) {
    throw new ModelError("malformed", `${where} is not where the zip directory says`);
  }
  return entry.headerOffset + bytes.length + view.getUint16(28, true);
}
