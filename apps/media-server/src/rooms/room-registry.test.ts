import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import { MemoryArchive } from "../testing/memory-archive";
import type { Room } from "./room";
import { idleRoomMs, RoomRegistry } from "./room-registry";
import type { RoomSignal } from "./room-signal";
import { maxPeople, seatHoldMs } from "./roster";
import type { SeatHolder } from "./seat";

const settings = roomCreateRequestSchema.parse({ title: "Tea" });

let clock: FakeClock;
let archive: MemoryArchive;
let registry: RoomRegistry;
let room: Room;
let signals: RoomSignal[];

beforeEach(async () => {
  clock = new FakeClock();
  archive = new MemoryArchive();
  registry = new RoomRegistry({ clock, archive, log: silentLog }, () => undefined);
  room = await registry.create(settings);
  signals = [];
  room.subscribe((signal) => signals.push(signal));
});

function holder(): SeatHolder & { released: string[] } {
  const released: string[] = [];
  return { released, release: (reason) => released.push(reason) };
}

function join(name = "Ann") {
  return room.join({ name, seatToken: null, holder: holder() });
}

function entry(text: string, isFinal: boolean, entryId = newId<EntryId>()): TranscriptEntry {
  const memberId = newId<MemberId>();
  const rest = { kind: "turn", revision: 0, isInterrupted: false, startedAtMs: 0 } as const;
  return { entryId, memberId, name: "Ann", text, isFinal, ...rest };
}

const types = () => signals.map(({ type }) => type);

describe("lifetime", () => {
  test("an empty room closes after a minute and reopens from the archive", async () => {
    room.publish({ type: "transcript-final", entry: entry("hello", true) });
    await clock.advance(idleRoomMs);
    expect(room.isClosed).toBe(true);
    expect(signals.at(-1)).toEqual({ type: "closed", reason: "idle" });
    expect(registry.get(room.roomId)).toBeUndefined();
    const again = (await registry.find(room.roomId))!;
    expect(again.describe().title).toBe("Tea");
    expect(again.entries.map(({ text }) => text)).toEqual(["hello"]);
  });

  test("a room with a member stays open", async () => {
    const seat = join();
    await clock.advance(idleRoomMs * 3);
    expect(room.isClosed).toBe(false);
    room.leave(seat.memberId);
    await clock.advance(idleRoomMs);
    expect(room.isClosed).toBe(true);
  });

  test("finding an empty room restarts its idle timer", async () => {
    await clock.advance(idleRoomMs - 1);
    await registry.find(room.roomId);
    await clock.advance(idleRoomMs - 1);
    expect(room.isClosed).toBe(false);
  });

  test("concurrent finds resolve with the same room", async () => {
    room.close("test");
    const [one, other] = await Promise.all([
      registry.find(room.roomId),
      registry.find(room.roomId),
    ]);
    expect(one).toBe(other);
    expect(await registry.find(newId<RoomId>())).toBeNull();
  });

  test("closing releases every seat, once", () => {
    const ann = holder();
    room.join({ name: "Ann", seatToken: null, holder: ann });
    room.close("test");
    room.close("test");
    expect(ann.released).toEqual(["test"]);
    expect(types().filter((type) => type === "closed")).toHaveLength(1);
    expect(() => join()).toThrow(expect.objectContaining({ code: "invalid-state" }));
  });
});

describe("seats", () => {
  test("a seat is held for a lost connection, then expires", async () => {
    const ann = holder();
    const { memberId } = room.join({ name: "Ann", seatToken: null, holder: ann });
    room.vacate(memberId, ann);
    expect(room.snapshot().members).toMatchObject([{ memberId, isConnected: false }]);
    await clock.advance(seatHoldMs - 1);
    expect(room.people).toBe(1);
    await clock.advance(1);
    expect(room.people).toBe(0);
    expect(types()).toContain("member-left");
  });

  test("the seat token restores the same member", async () => {
    const ann = holder();
    const seat = room.join({ name: "Ann", seatToken: null, holder: ann });
    room.vacate(seat.memberId, ann);
    await clock.advance(seatHoldMs - 1);
    const again = room.join({ name: "Ann", seatToken: seat.token, holder: holder() });
    expect(again.memberId).toBe(seat.memberId);
    await clock.advance(seatHoldMs * 2);
    expect(room.people).toBe(1);
    expect(types().filter((type) => type === "member-joined")).toHaveLength(1);
  });

  test("a second connection takes over the seat, and the first can no longer vacate it", () => {
    const first = holder();
    const seat = room.join({ name: "Ann", seatToken: null, holder: first });
    room.join({ name: "Ann", seatToken: seat.token, holder: holder() });
    expect(first.released).toEqual(["taken-over"]);
    room.vacate(seat.memberId, first);
    expect(room.snapshot().members).toMatchObject([{ isConnected: true }]);
  });

  test("an unknown token creates a new member", () => {
    const seat = join();
    const other = room.join({
      name: "Bob",
      seatToken: seat.token.replace(/./, "!") as never,
      holder: holder(),
    });
    expect(other.memberId).not.toBe(seat.memberId);
  });

  test("names are unique to the eye, and nobody gets the agent's", () => {
    const names = ["Ann", "ann", "ＡＮＮ", "Parley", "Bob"].map((name) => join(name).name);
    expect(names).toEqual(["Ann", "ann 2", "ＡＮＮ 3", "Parley 2", "Bob"]);
  });

  test("a name may be taken back with its seat", () => {
    const seat = join("Ann");
    const again = room.join({ name: "Ann", seatToken: seat.token, holder: holder() });
    expect(again.name).toBe("Ann");
  });

  test("the number of people is limited, not counting the agent", () => {
    room.seatAgent("Parley");
    for (let count = 0; count < maxPeople; count++) join();
    expect(() => join()).toThrow(expect.objectContaining({ code: "room-full" }));
  });
});

describe("events", () => {
  test("are numbered consecutively, and a snapshot has the same state", () => {
    const open = entry("hel", false);
    room.publish({ type: "transcript-partial", entry: open });
    room.publish({ type: "transcript-final", entry: { ...open, text: "hello", isFinal: true } });
    room.publish({ type: "transcript-partial", entry: entry("I am", false) });
    room.publish({ type: "agent-state", state: "thinking" });
    const numbers = signals.flatMap((one) => (one.type === "event" ? one.event.sequence : []));
    expect(numbers).toEqual([1, 2, 3, 4]);
    const snapshot = room.snapshot();
    expect(snapshot).toMatchObject({ sequence: 4, agentState: "thinking" });
    expect(snapshot.entries.map(({ text }) => text)).toEqual(["hello", "I am"]);
    expect(archive.rooms.get(room.roomId)!.entries.map(({ text }) => text)).toEqual(["hello"]);
  });

  test("a listener that throws does not affect the others", () => {
    room.subscribe(() => {
      throw new Error("broken");
    });
    const heard: string[] = [];
    room.subscribe(({ type }) => heard.push(type));
    room.publish({ type: "agent-state", state: "speaking" });
    expect(heard).toEqual(["event"]);
  });

  test("say how the transcript is stored, also to who joins later", () => {
    for (const listener of archive.listeners) {
      listener({ type: "storage-changed", roomId: room.roomId, storage: "waiting" });
    }
    expect(signals).toMatchObject([
      { type: "event", event: { body: { type: "transcript-storage", storage: "waiting" } } },
    ]);
    expect(room.snapshot().transcriptStorage).toBe("waiting");
  });

  test("from non-members are ignored", () => {
    room.receive(newId<MemberId>(), { type: "interrupt", replyId: null });
    expect(types()).not.toContain("member-event");
  });
});

describe("media", () => {
  test("tracks are removed with their member", () => {
    const { memberId } = join();
    room.addMedia("p1", memberId);
    expect(room.snapshot().media).toEqual([{ producerId: "p1", memberId }]);
    room.leave(memberId);
    expect(room.snapshot().media).toEqual([]);
    expect(types()).toContain("media-closed");
    room.addMedia("p2", memberId);
    expect(room.snapshot().media).toEqual([]);
  });

  test("a new epoch removes all tracks and is signalled; the first one is not", () => {
    const { memberId } = join();
    room.enterMediaEpoch(1);
    room.enterMediaEpoch(1);
    expect(types()).not.toContain("media-restarted");
    room.addMedia("p1", memberId);
    room.enterMediaEpoch(2);
    expect(signals.at(-1)).toEqual({ type: "media-restarted", mediaEpoch: 2 });
    expect(room.snapshot().media).toEqual([]);
  });
});
