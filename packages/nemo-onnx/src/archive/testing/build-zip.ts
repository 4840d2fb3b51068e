import type { SparseContent, SparsePiece } from "./sparse-source";

/** An entry to write, valid or deliberately wrong. */
export type ZipEntrySpec = {
  name: string;
  content?: Uint8Array | string;
  /** Bytes of an entry that is all zeros, in place of `content`. */
  size?: number;
  /** Values that the central directory states in place of the true ones. */
  directory?: {
    name?: string;
    size?: number;
    headerOffset?: number;
    method?: number;
    flags?: number;
  };
};

export type ZipOptions = {
  /** Writes ZIP64 fields even where 32 bits suffice. */
  isWide?: boolean;
  /** Values that the end record states in place of the true ones. */
  end?: { entries?: number; offset?: number };
};

const narrowLimit = 0xffffffff;

/** Builds a zip archive of uncompressed entries, with ZIP64 fields where values exceed 32 bits. */
export function buildZip(
  entries: readonly ZipEntrySpec[],
  options: ZipOptions = {},
): SparseContent {
  const pieces: SparsePiece[] = [];
  let position = 0;
  const write = (bytes: Uint8Array) => {
    pieces.push({ position, bytes });
    position += bytes.length;
  };
  const central: Buffer[] = [];
  for (const entry of entries) {
    const headerOffset = position;
    const content = Buffer.from(entry.content ?? "");
    const size = entry.size ?? content.length;
    write(localHeader(entry.name));
    if (entry.size === undefined) write(content);
    else position += size;
    const listed = { name: entry.name, size, headerOffset, method: 0, flags: 0x0800 };
    central.push(centralEntry({ ...listed, ...entry.directory }, options.isWide ?? false));
  }
  const directory = Buffer.concat(central);
  const truth = { entries: entries.length, offset: position, ...options.end };
  write(directory);
  write(endRecords(truth, directory.length, position, options.isWide ?? false));
  return { size: position, pieces };
}

function localHeader(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

type Listed = { name: string; size: number; headerOffset: number; method: number; flags: number };

function centralEntry(entry: Listed, isForced: boolean): Buffer {
  const header = Buffer.alloc(46);
  const wide: Buffer[] = [];
  const put = (value: number, at: number) => {
    if (!isForced && value < narrowLimit) return header.writeUInt32LE(value, at);
    header.writeUInt32LE(narrowLimit, at);
    return wide.push(uint64(value));
  };
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(entry.flags, 8);
  header.writeUInt16LE(entry.method, 10);
  put(entry.size, 24);
  put(entry.size, 20);
  put(entry.headerOffset, 42);
  const fields = Buffer.concat(wide);
  const extra = Buffer.alloc(fields.length === 0 ? 0 : 4);
  if (extra.length > 0) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(fields.length, 2);
  }
  header.writeUInt16LE(Buffer.byteLength(entry.name), 28);
  header.writeUInt16LE(extra.length + fields.length, 30);
  return Buffer.concat([header, Buffer.from(entry.name), extra, fields]);
}

function endRecords(
  { entries, offset }: { entries: number; offset: number },
  size: number,
  position: number,
  isForced: boolean,
): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const isWide = isForced || offset >= narrowLimit;
  end.writeUInt16LE(isWide ? 0xffff : entries, 10);
  end.writeUInt32LE(isWide ? narrowLimit : size, 12);
  end.writeUInt32LE(isWide ? narrowLimit : offset, 16);
  if (!isWide) return end;
  const end64 = Buffer.alloc(32);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeUInt32LE(44, 4);
  const locator = Buffer.alloc(8);
  locator.writeUInt32LE(0x07064b50, 0);
  const place = [uint64(position), Buffer.alloc(4)];
  return Buffer.concat([
    ...[end64, uint64(entries), uint64(size), uint64(offset)],
    ...[locator, ...place],
    end,
  ]);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
