import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import { sampleEntry } from "./conformance/samples";
import { RoomTakenError } from "./room-taken-error";
import { maxRoomBytes, maxWaitingBytes, RoomWriter, type WaitingEntry } from "./room-writer";

/** A storage that can be full. */
class FlakySink {
  readonly texts: string[] = [];
  bytes = 0;
  isFull = false;
  isTaken = false;

  append(entries: readonly WaitingEntry[]): Promise<number> {
    if (this.isTaken) return Promise.reject(new RoomTakenError());
    if (this.isFull) return Promise.reject(new Error("ENOSPC: no space left on device"));
    for (const { entry, json } of entries) {
      this.texts.push(entry.text);
      this.bytes += json.length;
    }
    return Promise.resolve(this.bytes);
  }
}

let clock: FakeClock;
let sink: FlakySink;
let states: TranscriptStorage[];
let losses: number;
let writer: RoomWriter;

beforeEach(() => {
  clock = new FakeClock();
  sink = new FlakySink();
  states = [];
  losses = 0;
  writer = new RoomWriter(sink, {
    roomId: newId<RoomId>(),
    clock,
    log: silentLog,
    onChanged: (storage) => states.push(storage),
    onTaken: () => (losses += 1),
  });
});

const add = (...texts: string[]) => {
  for (const text of texts) writer.add(sampleEntry(text));
};
const waiting = () => writer.waiting.map(({ entry }) => entry.text);

test("lines are written in order, and nothing is said about it", async () => {
  add("a", "b", "c");
  await writer.settled();
  expect(sink.texts).toEqual(["a", "b", "c"]);
  expect(states).toEqual([]);
});

test("lines wait for a full disk and are written in order once it has space", async () => {
  sink.isFull = true;
  add("a");
  await clock.advance(0);
  add("b");
  expect(waiting()).toEqual(["a", "b"]);
  expect(states).toEqual(["waiting"]);
  await clock.advance(60_000);
  expect(waiting()).toEqual(["a", "b"]);
  sink.isFull = false;
  add("c");
  await clock.advance(15_000);
  await writer.settled();
  expect(sink.texts).toEqual(["a", "b", "c"]);
  expect(states).toEqual(["waiting", "kept"]);
});

test("lines are written at once when the storage is known to be back", async () => {
  sink.isFull = true;
  add("a");
  await clock.advance(60_000);
  sink.isFull = false;
  writer.retry();
  await writer.settled();
  expect(sink.texts).toEqual(["a"]);
});

test("memory is bounded: later lines are dropped, which stays said", async () => {
  sink.isFull = true;
  const line = "x".repeat(maxWaitingBytes / 4);
  for (let count = 0; count < 6; count += 1) add(line);
  await clock.advance(0);
  expect(waiting()).toHaveLength(3);
  expect(writer.storage).toBe("incomplete");
  sink.isFull = false;
  await clock.advance(15_000);
  await writer.settled();
  expect(sink.texts).toHaveLength(3);
  expect(states).toEqual(["incomplete"]);
});

test("a room's transcript is bounded by its quota", async () => {
  const line = "x".repeat(1_000_000);
  for (let count = 0; count < 20; count += 1) {
    add(line);
    await writer.settled();
  }
  expect(sink.bytes).toBeLessThanOrEqual(maxRoomBytes);
  expect(sink.bytes).toBeGreaterThan(maxRoomBytes - 1_100_000);
  expect(states).toEqual(["incomplete"]);
});

test("closing tries once more, at once, and ends on a disk that stays full", async () => {
  sink.isFull = true;
  add("a");
  await clock.advance(0);
  sink.isFull = false;
  await writer.close();
  expect(sink.texts).toEqual(["a"]);
  sink.isFull = true;
  add("b");
  await writer.close();
  expect(waiting()).toEqual(["b"]);
});

test("lines are given up when another server has the room, which is told once", async () => {
  sink.isTaken = true;
  add("a");
  await writer.settled();
  expect([losses, writer.isTaken, waiting()]).toEqual([1, true, []]);
  sink.isTaken = false;
  add("b");
  await writer.settled();
  expect([losses, sink.texts, states]).toEqual([1, [], ["incomplete"]]);
});
