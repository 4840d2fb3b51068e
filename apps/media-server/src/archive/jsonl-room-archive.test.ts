import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "../contracts/log";
import type { RoomRecord } from "../contracts/room-archive";
import { sampleEntry, sampleRecord } from "./conformance/samples";
import { JsonlRoomArchive } from "./jsonl-room-archive";
import { RoomFile } from "./room-file";

let folder: string;
let archive: JsonlRoomArchive;
let record: RoomRecord;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-archive-"));
  archive = newArchive();
  record = sampleRecord();
  await archive.create(record);
});

function newArchive() {
  return new JsonlRoomArchive(folder, { clock: systemClock, log: silentLog });
}

afterEach(() => rm(folder, { recursive: true }));

const file = () => path.join(folder, "rooms", `${record.roomId}.jsonl`);

test("a torn last line costs no other line", async () => {
  const kept = sampleEntry("kept");
  archive.append(record.roomId, kept);
  await archive.close();
  await appendFile(file(), '{"type":"entry","entry":{"entryId":"hal');
  expect((await archive.load(record.roomId))!.entries).toEqual([kept]);
  const next = sampleEntry("next");
  archive.append(record.roomId, next);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept, next]);
});

test("an unreadable line in the middle is skipped", async () => {
  const kept = sampleEntry("kept");
  await appendFile(file(), "garbage\n\n");
  archive.append(record.roomId, kept);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept]);
});

test("a file without its first line is not a room", async () => {
  const [, ...rest] = (await readFile(file(), "utf8")).split("\n");
  await writeFile(file(), rest.join("\n"));
  expect(await archive.load(record.roomId)).toBeNull();
});

test("a last line without its line break is read, and nothing is cut off", async () => {
  const kept = sampleEntry("kept");
  archive.append(record.roomId, kept);
  await archive.close();
  const whole = (await readFile(file(), "utf8")).trimEnd();
  await writeFile(file(), whole);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept]);
  expect(await readFile(file(), "utf8")).toBe(whole);
});

test("entries that wait for the disk are in the room all the same", async () => {
  const kept = sampleEntry("kept");
  archive.append(record.roomId, kept);
  await archive.close();
  const text = await readFile(file(), "utf8");
  // A folder in the file's place takes no writes.
  await rm(file());
  await mkdir(file());
  const waiting = sampleEntry("waiting");
  archive.append(record.roomId, waiting);
  await vi.waitFor(() => {
    expect(archive.storage(record.roomId)).toBe("waiting");
  });
  expect(archive.isWritable).toBe(false);
  await rm(file(), { recursive: true });
  await writeFile(file(), text);
  expect((await archive.load(record.roomId))!.entries).toEqual([kept, waiting]);
  await archive.close();
  expect(archive.isWritable).toBe(true);
  expect((await newArchive().load(record.roomId))!.entries).toEqual([kept, waiting]);
});

test("a room that cannot be stored is not made", async () => {
  await rm(path.join(folder, "rooms"), { recursive: true });
  await writeFile(path.join(folder, "rooms"), "in the way");
  await expect(archive.create(record)).rejects.toMatchObject({ code: "storage-unavailable" });
});

test("a file is its own room's, whatever another room's line in it says", async () => {
  const foreign = { ...record, roomId: newId<RoomId>(), title: "another" };
  await appendFile(file(), `${JSON.stringify({ type: "room", version: 1, room: foreign })}\n`);
  expect((await newArchive().load(record.roomId))?.record).toEqual(record);
});

test("a file that cannot be read is told of as such", async () => {
  await rm(file());
  await mkdir(file());
  await expect(archive.load(record.roomId)).rejects.toMatchObject({ code: "storage-unavailable" });
});

test("a room that could not be stored leaves no file", async () => {
  vi.spyOn(RoomFile.prototype, "append").mockImplementationOnce(async () => {
    await writeFile(path.join(folder, "rooms", `${other.roomId}.jsonl`), "");
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  });
  const other = { ...record, roomId: newId<RoomId>() };
  await expect(archive.create(other)).rejects.toMatchObject({ code: "storage-unavailable" });
  expect(await readdir(path.join(folder, "rooms"))).toEqual([`${record.roomId}.jsonl`]);
});
