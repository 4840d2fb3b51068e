import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import type { RoomListing, RoomRecord } from "../contracts/room-archive";
import { readArchiveLines } from "./archive-line";

/** A room's first line has its settings: 8,000 characters of instructions, each up to six bytes. */
const firstLineBytes = 64_000;
/** Files that are looked at together: far below the limit on open files. */
const filesAtOnce = 32;

/**
 * Rooms of a folder, those that were written to last first. Reads the first line of as many files as
 * are listed, and looks at the times of all.
 *
 * @throws the file system's error, but for a folder that is not there yet
 */
export async function listRooms(
  folder: string,
  { limit, beforeMs }: { limit: number; beforeMs: number | null },
): Promise<RoomListing[]> {
  const files = await inGroups(await roomFiles(folder), async (file) => {
    const { mtimeMs } = await stat(file.path);
    return { ...file, lastWrittenAtMs: Math.floor(mtimeMs) };
  });
  const wanted = files
    .filter(({ lastWrittenAtMs }) => beforeMs === null || lastWrittenAtMs < beforeMs)
    .sort((a, b) => b.lastWrittenAtMs - a.lastWrittenAtMs)
    .slice(0, limit);
  return inGroups(wanted, async ({ roomId, path: file, lastWrittenAtMs }) => {
    const record = await readRecord(file, roomId);
    return record === null ? null : { record, lastWrittenAtMs };
  });
}

type RoomFileName = { roomId: RoomId; path: string };

async function roomFiles(folder: string): Promise<RoomFileName[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names.flatMap((name) => {
    const { data: roomId } = roomIdSchema.safeParse(path.basename(name, ".jsonl"));
    if (roomId === undefined || !name.endsWith(".jsonl")) return [];
    return [{ roomId, path: path.join(folder, name) }];
  });
}

async function readRecord(file: string, roomId: RoomId): Promise<RoomRecord | null> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstLineBytes), 0);
    const [line = ""] = buffer.subarray(0, bytesRead).toString("utf8").split("\n", 1);
    return readArchiveLines(line, roomId).room;
  } finally {
    await handle.close();
  }
}

/** Results in order, a few at a time; without those that are null, or whose file has just gone. */
async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result | null>,
): Promise<Result[]> {
  const results: (Result | null)[] = [];
  for (let start = 0; start < items.length; start += filesAtOnce) {
    const group = items.slice(start, start + filesAtOnce).map((item) =>
      work(item).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
    );
    results.push(...(await Promise.all(group)));
  }
  return results.filter((result) => result !== null);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
