import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  newId,
  type EntryId,
  type MemberId,
  type RoomId,
  type SeatToken,
} from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import {
  acknowledgementSchema,
  signallingProtocol,
  signallingRequests,
  type SignallingRequestName,
} from "@parley/shared/protocol/signalling";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { silentLog } from "../contracts/log";
import { maxRoomsPerAddress, RoomAdmission } from "../rooms/room-admission";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "../testing/memory-archive";
import { ScriptedMedia } from "../testing/scripted-media";
import { SignallingServer } from "./signalling-server";

let http: Server;
let signalling: SignallingServer;
let media: ScriptedMedia;
let rooms: RoomRegistry;
let roomId: RoomId;
let clients: Socket[];

beforeEach(async () => {
  const clock = new FakeClock();
  media = new ScriptedMedia();
  const services = { clock, archive: new MemoryArchive(), log: silentLog };
  rooms = new RoomRegistry(services, () => undefined);
  ({ roomId } = await rooms.create(roomCreateRequestSchema.parse({})));
  http = createServer();
  signalling = new SignallingServer(
    http,
    {
      rooms,
      admission: new RoomAdmission(media),
      media,
      iceAccess: () => ({ iceServers: [{ urls: "stun:x" }], iceTransportPolicy: "all" }),
      isProxy: () => false,
    },
    services,
  );
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.disconnect();
  await signalling.close();
});

async function connect(): Promise<Socket> {
  const { port } = http.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true });
  clients.push(client);
  await new Promise<void>((resolve) => client.on("connect", resolve));
  return client;
}

async function ask(client: Socket, name: string, payload: unknown): Promise<unknown> {
  const answer = acknowledgementSchema.parse(
    await client.timeout(5_000).emitWithAck(name, payload),
  );
  return answer.ok ? answer.value : answer.error.code;
}

const joinRequest = (seatToken: SeatToken | null = null) => ({
  protocol: signallingProtocol,
  roomId,
  name: "Ann",
  seatToken,
});

async function join(client: Socket, seatToken: SeatToken | null = null) {
  const answer = await ask(client, "room-join", joinRequest(seatToken));
  return signallingRequests["room-join"].response.parse(answer);
}

test("an address has a limit of connections", async () => {
  for (let count = 0; count < 128; count += 1) await connect();
  const { port } = http.address() as AddressInfo;
  const oneMore = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true });
  clients.push(oneMore);
  expect(await notice(oneMore, "disconnect")).toBe("io server disconnect");
  clients.shift()!.disconnect();
  await vi.waitFor(async () => {
    expect((await join(await connect())).memberId).toBeDefined();
  });
});

test("an address has a limit of rooms, and gets a place back when one is empty", async () => {
  const enter = async () => {
    const created = await rooms.create(roomCreateRequestSchema.parse({}));
    const client = await connect();
    const answer = await ask(client, "room-join", { ...joinRequest(), roomId: created.roomId });
    return { client, answer };
  };
  const first = await enter();
  for (let count = 1; count < maxRoomsPerAddress; count += 1) await enter();
  expect((await enter()).answer).toBe("too-many-requests");
  await ask(first.client, "room-leave", {});
  expect((await enter()).answer).toHaveProperty("memberId");
});

test("an overloaded server opens no more rooms, and lets people into those that are open", async () => {
  await join(await connect());
  media.lagMs = 500;
  const { snapshot } = await join(await connect());
  expect(snapshot.members).toHaveLength(2);
  const { roomId: other } = await rooms.create(roomCreateRequestSchema.parse({}));
  const answer = await ask(await connect(), "room-join", { ...joinRequest(), roomId: other });
  expect(answer).toBe("at-capacity");
});

const notice = (client: Socket, name: string) =>
  new Promise<unknown>((resolve) => client.once(name, resolve));

describe("a bad request", () => {
  test.each([
    ["room-join", undefined],
    ["room-join", null],
    ["room-join", "text"],
    ["room-join", { protocol: 1 }],
    ["room-join", { ...joinRequest(), roomId: "../../etc/passwd" }],
    ["no-such-request", {}],
    ["constructor", {}],
    ["__proto__", {}],
    [7 as unknown as string, {}],
  ])("%s %j is answered with invalid-request", async (name, payload) => {
    expect(await ask(await connect(), name, payload)).toBe("invalid-request");
  });

  test("without an acknowledgement callback is ignored", async () => {
    const client = await connect();
    client.emit("room-join");
    client.emit("room-join", "x", 7, null);
    client.emit("media-produce", { transportId: 7 });
    client.emit("nothing");
    expect((await join(client)).memberId).toBeDefined();
  });

  test.each([7, "toString", "__proto__", "nothing"])("named %s is refused", async (name) => {
    const client = await connect();
    await join(client);
    // A client that writes its own packets may name an event with a number.
    expect(await ask(client, name as string, {})).toBe("invalid-request");
  });

  test("over the size limit closes that connection alone", async () => {
    const client = await connect();
    const other = await connect();
    client.emit("room-join", "x".repeat(200_000));
    await notice(client, "disconnect");
    expect((await join(other)).memberId).toBeDefined();
  });

  /** Fills the room's transcript up to its bound: a snapshot has some 220 kB then. */
  function fillTranscript() {
    const room = rooms.get(roomId)!;
    const memberId = newId<MemberId>();
    const rest = { kind: "message", revision: 0, isInterrupted: false, startedAtMs: 0 } as const;
    const text = "x".repeat(4_000);
    for (let count = 0; count < 60; count += 1) {
      const entry = { ...rest, entryId: newId<EntryId>(), memberId, name: "Ann", text };
      room.publish({ type: "transcript-final", entry: { ...entry, isFinal: true } });
    }
  }

  test("an answer's size counts: long snapshots are soon refused", async () => {
    fillTranscript();
    const client = await connect();
    const { snapshot } = await join(client);
    expect(snapshot.entries.length).toBeLessThan(50);
    expect(snapshot.hasEarlierEntries).toBe(true);
    const answers: unknown[] = [];
    while (answers.at(-1) !== "too-many-requests" && answers.length < 200) {
      answers.push(await ask(client, "room-snapshot", {}));
    }
    expect(answers.length).toBeLessThan(100);
  });

  test("a browser that reads less than it is sent is disconnected, and may come back", async () => {
    const client = await connect();
    const { memberId, seatToken } = await join(client);
    const room = rooms.get(roomId)!;
    const disconnected = notice(client, "disconnect");
    // Nothing can be read while this loop runs.
    for (let count = 0; count < 40_000; count += 1) room.setMuted(memberId, count % 2 === 0);
    await disconnected;
    expect((await join(await connect(), seatToken)).memberId).toBe(memberId);
  });

  test("over the rate limit is refused", async () => {
    const client = await connect();
    const answers = await Promise.all(
      Array.from({ length: 320 }, () => ask(client, "room-snapshot", {})),
    );
    expect(answers.at(0)).toBe("not-joined");
    expect(answers.at(-1)).toBe("too-many-requests");
  });
});

describe("joining", () => {
  test("is required before other requests", async () => {
    const client = await connect();
    const names = Object.keys(signallingRequests) as SignallingRequestName[];
    for (const name of names.filter((one) => one !== "room-join")) {
      expect(await ask(client, name, {})).toBe("not-joined");
    }
  });

  test("answers with the seat, media parameters and a snapshot", async () => {
    const joined = await join(await connect());
    expect(joined).toMatchObject({ isResumed: false, iceServers: [{ urls: "stun:x" }] });
    expect(joined.snapshot.members).toMatchObject([{ memberId: joined.memberId, name: "Ann" }]);
  });

  test("an unknown room or protocol is refused", async () => {
    const client = await connect();
    const unknown = { ...joinRequest(), roomId: newId<RoomId>() };
    expect(await ask(client, "room-join", unknown)).toBe("room-not-found");
    const newer = { ...joinRequest(), protocol: 99 };
    expect(await ask(client, "room-join", newer)).toBe("protocol-mismatch");
  });

  test("with a token after a lost socket resumes the seat", async () => {
    const first = await connect();
    const before = await join(first);
    first.disconnect();
    await vi.waitFor(() => {
      expect(rooms.get(roomId)!.snapshot().members).toMatchObject([{ isConnected: false }]);
    });
    const after = await join(await connect(), before.seatToken);
    expect(after).toMatchObject({ memberId: before.memberId, isResumed: true });
  });

  test("with the token on a second socket takes over the seat", async () => {
    const first = await connect();
    const { seatToken, memberId } = await join(first);
    const noticed = notice(first, "room-closed");
    const second = await join(await connect(), seatToken);
    expect(second.memberId).toBe(memberId);
    expect(await noticed).toEqual({ reason: "taken-over" });
  });

  test("again after a media restart keeps the seat but not the media", async () => {
    const client = await connect();
    const before = await join(client);
    const noticed = notice(client, "media-restarted");
    media.mediaEpoch = 2;
    rooms.get(roomId)!.enterMediaEpoch(2);
    expect(await noticed).toEqual({ mediaEpoch: 2 });
    const after = await join(client, before.seatToken);
    expect(after).toMatchObject({ memberId: before.memberId, isResumed: false, mediaEpoch: 2 });
  });

  test("twice on one socket leaves the earlier seat", async () => {
    const client = await connect();
    await join(client);
    const second = await join(client);
    expect(rooms.get(roomId)!.snapshot().members).toMatchObject([{ memberId: second.memberId }]);
  });
});

describe("in a room", () => {
  test("tracks and muting are sent to the other members", async () => {
    const ann = await connect();
    const bob = await connect();
    const { memberId } = await join(ann);
    await join(bob);
    const available = notice(bob, "media-available");
    const produced = await ask(ann, "media-produce", { transportId: "t", rtpParameters: {} });
    expect(await available).toEqual({ ...(produced as object), memberId });
    const roster = notice(bob, "roster-changed");
    expect(await ask(ann, "media-mute", { isMuted: true })).toEqual({});
    expect(await roster).toMatchObject({ members: [{ memberId, isMuted: true }, {}] });
    expect(media.calls).toContain("setMuted true");
  });

  test("a track can be consumed, an unknown one is not-found", async () => {
    const ann = await connect();
    const bob = await connect();
    await join(ann);
    await join(bob);
    const produced = await ask(ann, "media-produce", { transportId: "t", rtpParameters: {} });
    const request = { transportId: "t", rtpCapabilities: {} };
    const consumed = await ask(bob, "media-consume", { ...request, ...(produced as object) });
    expect(signallingRequests["media-consume"].response.safeParse(consumed).success).toBe(true);
    const missing = { ...request, producerId: "nothing" };
    expect(await ask(bob, "media-consume", missing)).toBe("not-found");
  });

  test("leaving frees the seat", async () => {
    const client = await connect();
    await join(client);
    expect(await ask(client, "room-leave", {})).toEqual({});
    expect(rooms.get(roomId)!.people).toBe(0);
    expect(await ask(client, "room-snapshot", {})).toBe("not-joined");
  });

  test("an unexpected engine error is answered as internal, without details", async () => {
    const client = await connect();
    await join(client);
    expect(await ask(client, "data-consume", { transportId: "t" })).toBe("internal");
  });
});
