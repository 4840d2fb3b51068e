import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import type { RoomRecord } from "../contracts/room-archive";
import { JsonlRoomArchive } from "./jsonl-room-archive";

let folder: string;
let archive: JsonlRoomArchive;
let record: RoomRecord;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-archive-"));
  archive = new JsonlRoomArchive(folder, silentLog);
  record = {
    roomId: newId<RoomId>(),
    title: "Zoë’s room",
    agent: { name: "A", instructions: "", greeting: "", voice: "" },
    createdAtMs: 5,
  };
  await archive.create(record);
});

afterEach(() => rm(folder, { recursive: true }));

const file = () => path.join(folder, "rooms", `${record.roomId}.jsonl`);

function entry(text: string): TranscriptEntry {
  return {
    entryId: newId<EntryId>(),
    kind: "turn",
    memberId: newId<MemberId>(),
    name: "Ann",
    text,
    revision: 1,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 9,
  };
}

test("a room and its entries survive the process", async () => {
  const entries = Array.from({ length: 20 }, (_, at) => entry(`line ${at}`));
  await Promise.all(entries.map((one) => archive.append(record.roomId, one)));
  const other = new JsonlRoomArchive(folder, silentLog);
  expect(await other.load(record.roomId)).toEqual({ record, entries });
});

test("an unknown room is null", async () => {
  expect(await archive.load(newId<RoomId>())).toBeNull();
});

test("a later revision replaces the earlier one", async () => {
  const first = entry("first");
  const second = entry("second");
  await archive.append(record.roomId, first);
  await archive.append(record.roomId, second);
  await archive.append(record.roomId, { ...first, text: "corrected", revision: 2 });
  const { entries } = (await archive.load(record.roomId))!;
  expect(entries.map(({ text }) => text)).toEqual(["corrected", "second"]);
});

test("a torn last line costs no other line", async () => {
  const kept = entry("kept");
  await archive.append(record.roomId, kept);
  await appendFile(file(), '{"type":"entry","entry":{"entryId":"hal');
  expect((await archive.load(record.roomId))!.entries).toEqual([kept]);
  const next = entry("next");
  await archive.append(record.roomId, next);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept, next]);
});

test("an unreadable line in the middle is skipped", async () => {
  const kept = entry("kept");
  await appendFile(file(), "garbage\n\n");
  await archive.append(record.roomId, kept);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept]);
});

test("a file without its first line is not a room", async () => {
  const [, ...rest] = (await readFile(file(), "utf8")).split("\n");
  await writeFile(file(), rest.join("\n"));
  expect(await archive.load(record.roomId)).toBeNull();
});
