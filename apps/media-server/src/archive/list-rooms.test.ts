import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import { JsonlRoomArchive } from "./jsonl-room-archive";

let folder: string;
let archive: JsonlRoomArchive;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-archive-"));
  archive = new JsonlRoomArchive(folder, { clock: systemClock, log: silentLog });
});

afterEach(() => rm(folder, { recursive: true }));

/** Creates a room whose last line was written at this second of the epoch. */
async function createRoom(title: string, second: number): Promise<RoomId> {
  const roomId = newId<RoomId>();
  const agent = agentSettingsSchema.parse({ instructions: "ü".repeat(8_000) });
  await archive.create({ roomId, title, agent, createdAtMs: 1 });
  await utimes(path.join(folder, "rooms", `${roomId}.jsonl`), second, second);
  return roomId;
}

async function titles(page: { limit: number; beforeMs: number | null }): Promise<string[]> {
  return (await archive.list(page)).map(({ record }) => record.title);
}

const all = { limit: 100, beforeMs: null };

test("rooms are listed by when they were written to last, a page at a time", async () => {
  for (const [title, second] of [
    ["old", 10],
    ["new", 30],
    ["middle", 20],
  ] as const) {
    await createRoom(title, second);
  }
  expect(await titles(all)).toEqual(["new", "middle", "old"]);
  expect(await titles({ limit: 2, beforeMs: null })).toEqual(["new", "middle"]);
  expect(await titles({ limit: 2, beforeMs: 20_000 })).toEqual(["old"]);
});

test("files that are no rooms are not listed, and nothing is listed before the first room", async () => {
  expect(await archive.list(all)).toEqual([]);
  await createRoom("tea", 10);
  await writeFile(path.join(folder, "rooms", `${newId<RoomId>()}.jsonl`), "{torn");
  await writeFile(path.join(folder, "rooms", "notes.txt"), "x");
  expect(await titles(all)).toEqual(["tea"]);
});

test("a deleted room leaves nothing, not even what was still to be written", async () => {
  const roomId = await createRoom("tea", 10);
  archive.append(roomId, {
    entryId: newId<EntryId>(),
    kind: "turn",
    memberId: newId<MemberId>(),
    name: "Ann",
    text: "forget this",
    revision: 1,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 9,
  });
  expect(await archive.delete(roomId)).toBe(true);
  await archive.close();
  expect(await readdir(path.join(folder, "rooms"))).toEqual([]);
  expect(await archive.load(roomId)).toBeNull();
  expect(await archive.delete(roomId)).toBe(false);
});
