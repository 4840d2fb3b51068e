import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { AppError } from "@parley/shared/errors";

type Entry = { name: string; method: number; size: number; headerOffset: number };

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerBytes = 30;
const stored = 0;
const deflated = 8;

/**
 * Extracts files of a zip archive below 4 GiB, one after another.
 *
 * @param targets where each file goes, by its name in the archive
 * @throws AppError `model-mismatch` when the archive lacks one, or is none
 */
export async function extractFiles(
  archive: string,
  targets: ReadonlyMap<string, string>,
): Promise<void> {
  const handle = await open(archive, "r");
  try {
    const entries = await listEntries(handle, archive);
    for (const [name, target] of targets) {
      const entry = entries.find((candidate) => candidate.name === name);
      if (entry === undefined) throw mismatch(`the package has no ${name}`);
      await extract(handle, archive, entry, target);
    }
  } finally {
    await handle.close();
  }
}

async function extract(
  handle: FileHandle,
  archive: string,
  { name, method, size, headerOffset }: Entry,
  target: string,
): Promise<void> {
  if (method !== stored && method !== deflated) throw mismatch(`${name} is packed in another way`);
  const header = await read(handle, headerOffset, headerBytes);
  const start = headerOffset + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(archive, { start, end: start + size - 1 });
  if (method === stored) await pipeline(packed, createWriteStream(target));
  else await pipeline(packed, createInflateRaw(), createWriteStream(target));
}

/** The central directory (APPNOTE 4.3.12), by the record at the end of the file. */
async function listEntries(handle: FileHandle, archive: string): Promise<Entry[]> {
  const { size } = await handle.stat();
  const tailStart = Math.max(0, size - 22 - 0xffff);
  const tail = await read(handle, tailStart, size - tailStart);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw mismatch(`${archive} is no zip archive`);
  const count = tail.readUInt16LE(end + 10);
  const directory = await read(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0, index = 0; index < count; index++) {
    if (directory.readUInt32LE(at) !== entrySignature) throw mismatch(`${archive} is damaged`);
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      size: directory.readUInt32LE(at + 20),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead < length) throw mismatch("the package ends too early");
  return buffer;
}

function mismatch(message: string): AppError {
  return new AppError("model-mismatch", message);
}
