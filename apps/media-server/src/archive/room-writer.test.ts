import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import { maxRoomBytes, maxWaitingBytes, RoomWriter } from "./room-writer";

/** A file on a disk that can be full. */
class FlakyFile {
  text = "";
  isFull = false;

  append(lines: string): Promise<number> {
    if (this.isFull) return Promise.reject(new Error("ENOSPC: no space left on device"));
    this.text += lines;
    return Promise.resolve(Buffer.byteLength(this.text));
  }
}

let clock: FakeClock;
let file: FlakyFile;
let states: TranscriptStorage[];
let writer: RoomWriter;

beforeEach(() => {
  clock = new FakeClock();
  file = new FlakyFile();
  states = [];
  writer = new RoomWriter(file, {
    roomId: newId<RoomId>(),
    clock,
    log: silentLog,
    onChanged: (storage) => states.push(storage),
  });
});

test("lines are written in order, and nothing is said about it", async () => {
  for (const line of ["a", "b", "c"]) writer.add(line);
  await writer.settled();
  expect(file.text).toBe("a\nb\nc\n");
  expect(states).toEqual([]);
});

test("lines wait for a full disk and are written in order once it has space", async () => {
  file.isFull = true;
  writer.add("a");
  await clock.advance(0);
  writer.add("b");
  expect(writer.waiting).toEqual(["a", "b"]);
  expect(states).toEqual(["waiting"]);
  await clock.advance(60_000);
  expect(writer.waiting).toEqual(["a", "b"]);
  file.isFull = false;
  writer.add("c");
  await clock.advance(15_000);
  await writer.settled();
  expect(file.text).toBe("a\nb\nc\n");
  expect(states).toEqual(["waiting", "kept"]);
});

test("memory is bounded: later lines are dropped, which stays said", async () => {
  file.isFull = true;
  const line = "x".repeat(maxWaitingBytes / 4);
  for (let count = 0; count < 6; count += 1) writer.add(line);
  await clock.advance(0);
  expect(writer.waiting).toHaveLength(3);
  expect(writer.storage).toBe("incomplete");
  file.isFull = false;
  await clock.advance(15_000);
  await writer.settled();
  expect(file.text).toHaveLength(3 * (line.length + 1));
  expect(states).toEqual(["incomplete"]);
});

test("a room's file is bounded by its quota", async () => {
  const line = "x".repeat(1_000_000);
  for (let count = 0; count < 20; count += 1) {
    writer.add(line);
    await writer.settled();
  }
  expect(file.text.length).toBeLessThanOrEqual(maxRoomBytes);
  expect(file.text.length).toBeGreaterThan(maxRoomBytes - 1_100_000);
  expect(states).toEqual(["incomplete"]);
});

test("closing tries once more, at once, and ends on a disk that stays full", async () => {
  file.isFull = true;
  writer.add("a");
  await clock.advance(0);
  file.isFull = false;
  await writer.close();
  expect(file.text).toBe("a\n");
  file.isFull = true;
  writer.add("b");
  await writer.close();
  expect(writer.waiting).toEqual(["b"]);
});
