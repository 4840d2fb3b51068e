import { newId, type EntryId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { silentLog } from "./contracts/log";
import { RoomWiring } from "./room-wiring";
import type { Room } from "./rooms/room";
import { RoomRegistry } from "./rooms/room-registry";
import type { RoomSignal } from "./rooms/room-signal";
import { MemoryArchive } from "./testing/memory-archive";
import { ScriptedMedia } from "./testing/scripted-media";

let clock: FakeClock;
let media: ScriptedMedia;
let room: Room;
let signals: RoomSignal[];

beforeEach(async () => {
  clock = new FakeClock();
  media = new ScriptedMedia();
  const services = { clock, archive: new MemoryArchive(), log: silentLog };
  const wiring = new RoomWiring(media, services);
  const registry = new RoomRegistry(services, (opened) => {
    wiring.attach(opened);
  });
  room = await registry.create(roomCreateRequestSchema.parse({}));
  signals = [];
  room.subscribe((signal) => signals.push(signal));
});

async function join() {
  const holder = { release: () => undefined };
  const seat = room.join({ name: "Ann", seatToken: null, holder });
  await clock.advance(0);
  return seat.memberId;
}

test("published events go to the data channels", async () => {
  const memberId = await join();
  const event = { type: "message", messageId: newId<EntryId>(), text: "hi" } as const;
  media.emit({ type: "member-event", roomId: room.roomId, memberId, event });
  expect(media.published).toMatchObject([
    { sequence: 1, body: { type: "transcript-final", entry: { text: "hi" } } },
  ]);
});

test("a room that lost its media is reopened under a new epoch, with retries", async () => {
  await join();
  const { openRoom } = media;
  let refusals = 3;
  media.mediaEpoch = 2;
  media.openRoom = (request) => {
    refusals -= 1;
    return refusals >= 0 ? Promise.reject(new Error("restarting")) : openRoom(request);
  };
  media.emit({ type: "room-lost", roomId: room.roomId });
  await clock.advance(1_000);
  expect(signals).toContainEqual({ type: "media-restarted", mediaEpoch: 2 });
  expect(room.snapshot().media).toMatchObject([{ producerId: "voice-2" }]);
});

test("tracks close with their producer, a seat's media with it, all with the room", async () => {
  const memberId = await join();
  room.addMedia("mic", memberId);
  media.emit({ type: "producer-closed", roomId: room.roomId, producerId: "mic" });
  expect(signals.at(-1)).toEqual({ type: "media-closed", producerId: "mic" });
  room.leave(memberId);
  room.close("test");
  expect(media.calls.toSorted()).toEqual(["closeAgent", "closeRoom", "openAgent", "removeMember"]);
});
