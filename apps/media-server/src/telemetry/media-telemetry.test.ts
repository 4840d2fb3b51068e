import type { MemberId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import type { Room } from "../rooms/room";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "../testing/memory-archive";
import { ScriptedMedia } from "../testing/scripted-media";
import { openTelemetry } from "./media-telemetry";

let http: FastifyInstance;
let media: ScriptedMedia;
let room: Room;

beforeEach(async () => {
  const archive = new MemoryArchive();
  media = new ScriptedMedia();
  const telemetry = openTelemetry({
    media,
    archive,
    metricsKey: null,
    tracing: null,
    clock: new FakeClock(),
  });
  const services = { clock: new FakeClock(), archive, log: silentLog };
  const registry = new RoomRegistry(services, (opened) => {
    telemetry.attach(opened);
  });
  room = await registry.create(roomCreateRequestSchema.parse({}));
  http = Fastify();
  http.register(telemetry.route);
});

afterEach(() => http.close());

/** The samples whose line begins with one of the names, as they are read by Prometheus. */
async function samples(...names: string[]): Promise<string[]> {
  const { body } = await http.inject({ url: "/metrics", headers: { host: "localhost" } });
  return body.split("\n").filter((line) => names.some((name) => line.startsWith(name)));
}

function join(): MemberId {
  const holder = { release: () => undefined };
  return room.join({ name: "Ann", seatToken: null, holder }).memberId;
}

test("rooms and people are counted while they are there", async () => {
  join();
  const leaving = join();
  expect(await samples("parley_members", "parley_rooms ")).toEqual([
    "parley_rooms 1",
    "parley_members 2",
  ]);
  room.leave(leaving);
  expect(await samples("parley_members", "parley_joins")).toEqual([
    "parley_members 1",
    "parley_joins_total 2",
  ]);
  room.close("idle");
  expect(await samples("parley_members", "parley_rooms")).toEqual([
    "parley_rooms 0",
    "parley_members 0",
    "parley_rooms_opened_total 1",
  ]);
});

test("a link is up, lost once, and back", async () => {
  const { roomId } = room;
  media.emit({ type: "link-opened", roomId });
  expect(await samples("parley_link")).toEqual([
    "parley_links 1",
    "parley_link_losses_total 0",
    "parley_link_reconnects_total 0",
  ]);
  media.emit({ type: "link-lost", roomId, error: null, replayedMembers: [] });
  media.emit({ type: "link-lost", roomId, error: null, replayedMembers: [] });
  media.emit({ type: "link-opened", roomId });
  expect(await samples("parley_link")).toEqual([
    "parley_links 1",
    "parley_link_losses_total 1",
    "parley_link_reconnects_total 1",
  ]);
  room.close("idle");
  expect(await samples("parley_links")).toEqual(["parley_links 0"]);
});

test("the media thread's counts are shown as they are, also after it began anew", async () => {
  const shown = { ...(await media.statistics()), lagMs: 12, calls: 2 };
  media.statistics = () => Promise.resolve(shown);
  shown.dropped.microphone = 7;
  shown.microphones.packets.lost = 3;
  shown.microphones.packets.malformed = 2;
  shown.microphones.maxJitterMs = 4;
  expect(
    await samples(
      "parley_calls",
      "parley_media",
      "parley_microphone_packets_lost",
      'parley_microphone_packets_refused_total{reason="malformed"}',
      'parley_microphone_jitter_seconds{of="worst"}',
      'parley_frames_dropped_total{reason="link-away"}',
    ),
  ).toEqual([
    "parley_calls 2",
    "parley_media_ready 1",
    "parley_media_lag_seconds 0.012",
    "parley_microphone_packets_lost_total 3",
    'parley_microphone_packets_refused_total{reason="malformed"} 2',
    'parley_microphone_jitter_seconds{of="worst"} 0.004',
    'parley_frames_dropped_total{reason="link-away"} 7',
  ]);
  shown.dropped.microphone = 1;
  expect(await samples('parley_frames_dropped_total{reason="link-away"}')).toEqual([
    'parley_frames_dropped_total{reason="link-away"} 1',
  ]);
});

test("a media thread that does not answer is not ready", async () => {
  media.statistics = () => Promise.reject(new Error("restarting"));
  expect(await samples("parley_media_ready")).toEqual(["parley_media_ready 0"]);
});
