import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import type { RoomHomes, RoomPlace } from "../contracts/room-homes";
import { MemoryArchive } from "../testing/memory-archive";
import { RoomRegistry } from "./room-registry";

const settings = roomCreateRequestSchema.parse({ title: "Tea" });

/** Homes that say what they are told to say. */
class ScriptedHomes implements RoomHomes {
  readonly servers = [];
  readonly calls: string[] = [];
  place: RoomPlace = { type: "here" };
  lose: (roomId: RoomId) => void = () => undefined;

  claim(_roomId: RoomId, options?: { isNew: boolean }) {
    this.calls.push(options?.isNew === true ? "claim new" : "claim");
    return Promise.resolve(this.place);
  }
  release() {
    this.calls.push("release");
    return Promise.resolve();
  }
  describe(roomId: RoomId) {
    if (this.place.type !== "elsewhere") return Promise.resolve(null);
    const rest = { title: "Tea", agentName: "Parley", createdAtMs: 1, memberCount: 3 };
    return Promise.resolve({ roomId, ...rest });
  }
  onLost(listener: (roomId: RoomId) => void) {
    this.lose = listener;
    return () => undefined;
  }
  drain() {
    this.calls.push("drain");
  }
  close() {
    return Promise.resolve();
  }
}

let clock: FakeClock;
let archive: MemoryArchive;
let homes: ScriptedHomes;
let registry: RoomRegistry;

beforeEach(() => {
  clock = new FakeClock();
  archive = new MemoryArchive();
  homes = new ScriptedHomes();
  registry = new RoomRegistry({ clock, archive, homes, log: silentLog }, () => undefined);
});

test("a room is claimed before it is opened, and let go once it is closed and stored", async () => {
  const { roomId } = await registry.create(settings);
  let store: () => void = () => undefined;
  archive.release = () => new Promise((resolve) => (store = resolve));
  registry.get(roomId)?.close("idle");
  await clock.advance(0);
  expect(homes.calls).toEqual(["claim new"]);
  store();
  await registry.released();
  expect(homes.calls).toEqual(["claim new", "release"]);
  await registry.find(roomId);
  expect(homes.calls.at(-1)).toBe("claim");
});

test("a room that is opened again while it is stored is not let go", async () => {
  const { roomId } = await registry.create(settings);
  let store: () => void = () => undefined;
  archive.release = () => new Promise((resolve) => (store = resolve));
  registry.get(roomId)?.close("idle");
  await registry.find(roomId);
  store();
  await registry.released();
  expect(homes.calls).toEqual(["claim new", "claim"]);
});

test("a room that another server has is refused with its address, and described by it", async () => {
  const { roomId } = await registry.create(settings);
  registry.get(roomId)?.close("idle");
  homes.place = { type: "elsewhere", address: "http://two.test" };
  await expect(registry.find(roomId)).rejects.toMatchObject({
    code: "room-elsewhere",
    address: "http://two.test",
    isRetryable: true,
  });
  expect(await registry.describe(roomId)).toMatchObject({ memberCount: 3 });
  homes.place = { type: "nowhere" };
  expect(await registry.find(roomId)).toBeNull();
});

test("a claim is given back when the archive cannot open the room", async () => {
  const { roomId } = await registry.create(settings);
  registry.get(roomId)?.close("idle");
  await registry.released();
  archive.open = () => Promise.reject(new Error("away"));
  await expect(registry.find(roomId)).rejects.toThrow("away");
  expect(homes.calls.slice(-2)).toEqual(["claim", "release"]);
});

test("a room that another server has taken is closed, and its members come back", async () => {
  const { roomId } = await registry.create(settings);
  const room = registry.get(roomId);
  const reasons: string[] = [];
  room?.join({ name: "Ann", seatToken: null, holder: { release: (why) => reasons.push(why) } });
  homes.lose(roomId);
  expect([room?.isClosed, reasons]).toEqual([true, ["moved"]]);
});

test("a room whose server died has what was heard of the reply, as cut off", async () => {
  const { roomId } = await registry.create(settings);
  const line = {
    entryId: newId<EntryId>(),
    memberId: newId<MemberId>(),
    name: "Parley",
    startedAtMs: 5,
    kind: "reply" as const,
    revision: 3,
    isFinal: false,
    isInterrupted: false,
    text: "Once upon a",
  };
  registry.get(roomId)?.publish({ type: "transcript-partial", entry: line });
  const turn = { ...line, entryId: newId<EntryId>(), kind: "turn" as const, text: "and I" };
  registry.get(roomId)?.publish({ type: "transcript-partial", entry: turn });

  const another = new RoomRegistry({ clock, archive, homes, log: silentLog }, () => undefined);
  const taken = await another.find(roomId);
  expect(taken?.entries).toEqual([{ ...line, revision: 4, isFinal: true, isInterrupted: true }]);
});

test("while a server drains rooms are not made, and end with their last member", async () => {
  const [empty, busy] = [await registry.create(settings), await registry.create(settings)];
  const holder = { release: () => undefined };
  const { memberId } = busy.join({ name: "Ann", seatToken: null, holder });
  expect(registry.busy).toBe(1);
  registry.drain();
  expect([empty.isClosed, busy.isClosed]).toEqual([true, false]);
  await expect(registry.create(settings)).rejects.toMatchObject({ code: "at-capacity" });
  busy.leave(memberId);
  expect([busy.isClosed, registry.busy]).toEqual([true, 0]);
});
