import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { Log } from "../contracts/log";
import type { ArchivedRoom, RoomArchive, RoomRecord } from "../contracts/room-archive";
import { archiveVersion, readArchiveLines, type ArchiveLine } from "./archive-line";

/**
 * JSON Lines archive: `rooms/<id>.jsonl` under the data folder, with one line for the room and one
 * for every final entry. Files are only appended to, so a crash can tear the last line alone.
 */
export class JsonlRoomArchive implements RoomArchive {
  readonly #folder: string;
  readonly #log: Log;
  /** Each room's last pending write, to which the next one is chained: appends keep their order. */
  readonly #writes = new Map<RoomId, Promise<void>>();

  constructor(dataFolder: string, log: Log) {
    this.#folder = path.join(dataFolder, "rooms");
    this.#log = log;
  }

  async create(record: RoomRecord): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.#write(record.roomId, { type: "room", version: archiveVersion, room: record });
  }

  append(roomId: RoomId, entry: TranscriptEntry): Promise<void> {
    return this.#write(roomId, { type: "entry", entry });
  }

  async load(roomId: RoomId): Promise<ArchivedRoom | null> {
    await this.#writes.get(roomId)?.catch(() => undefined);
    let bytes: Buffer;
    try {
      bytes = await readFile(this.#file(roomId));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
    if (wholeBytes < bytes.length) {
      this.#log.warn({ roomId, bytes: bytes.length - wholeBytes }, "a torn line was cut off");
      // Otherwise the next line would be appended to the torn one, and both would be lost.
      await truncate(this.#file(roomId), wholeBytes);
    }
    const { room, entries, unreadable } = readArchiveLines(
      bytes.subarray(0, wholeBytes).toString("utf8"),
    );
    if (unreadable > 0) this.#log.warn({ roomId, unreadable }, "unreadable lines were skipped");
    return room === null ? null : { record: room, entries };
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#writes.values());
  }

  async #write(roomId: RoomId, line: ArchiveLine): Promise<void> {
    const earlier = this.#writes.get(roomId) ?? Promise.resolve();
    const write = earlier
      .catch(() => undefined)
      .then(() => appendFile(this.#file(roomId), `${JSON.stringify(line)}\n`, { flush: true }));
    this.#writes.set(roomId, write);
    try {
      await write;
    } finally {
      if (this.#writes.get(roomId) === write) this.#writes.delete(roomId);
    }
  }

  #file(roomId: RoomId): string {
    return path.join(this.#folder, `${roomId}.jsonl`);
  }
}
