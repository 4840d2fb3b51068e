import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "@parley/shared/errors";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { acknowledgementSchema, signallingProtocol } from "@parley/shared/protocol/signalling";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "../contracts/log";
import { RoomAdmission } from "../rooms/room-admission";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "../testing/memory-archive";
import { ScriptedMedia } from "../testing/scripted-media";
import type { Routing } from "./relay-switch";
import { SignallingServer } from "./signalling-server";

const closers: (() => unknown)[] = [];
let rooms: RoomRegistry;
let roomId: RoomId;
/** Of the server that has the room. */
let owner: { address: string; close: () => Promise<void> };

beforeEach(async () => {
  const services = { clock: new FakeClock(), archive: new MemoryArchive(), log: silentLog };
  rooms = new RoomRegistry(services, () => undefined);
  ({ roomId } = await rooms.create(roomCreateRequestSchema.parse({})));
  owner = await serve({ find: (id) => rooms.find(id) }, "proxy");
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(found: Pick<RoomRegistry, "find">, routing: Routing) {
  const http: Server = createServer();
  const media = new ScriptedMedia();
  const signalling = new SignallingServer(
    http,
    {
      rooms: found,
      admission: new RoomAdmission(media),
      media,
      iceAccess: () => ({ iceServers: [], iceTransportPolicy: "all" }),
      isProxy: () => true,
      routing,
    },
    { clock: new FakeClock(), log: silentLog },
  );
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const close = () => signalling.close();
  closers.push(close);
  return { address: `http://127.0.0.1:${port}`, close };
}

/** An entry that has not got the room. @param address where it says that the room is */
function serveEntry(routing: Routing, address = owner.address) {
  const elsewhere = () =>
    Promise.reject(new AppError("room-elsewhere", "", { isRetryable: true, address }));
  return serve({ find: elsewhere }, routing);
}

async function connect({ address }: { address: string }): Promise<Socket> {
  const socket = io(address, { transports: ["websocket"], forceNew: true, reconnection: false });
  closers.push(() => socket.disconnect());
  await once(socket as never, "connect");
  return socket;
}

async function ask(socket: Socket, name: string, payload: object) {
  return acknowledgementSchema.parse(await socket.timeout(10_000).emitWithAck(name, payload));
}

const join = (socket: Socket, more: object = {}) =>
  ask(socket, "room-join", {
    protocol: signallingProtocol,
    roomId,
    name: "Ann",
    seatToken: null,
    ...more,
  });

test("a page that can move is told where its room is", async () => {
  const socket = await connect(await serveEntry("redirect"));
  expect(await join(socket, { canMove: true })).toMatchObject({
    ok: false,
    error: { code: "room-elsewhere", address: owner.address, isRetryable: true },
  });
});

test.each([
  ["that cannot move", "redirect", {}],
  ["where there is one public address", "proxy", { canMove: true }],
] as const)("a page %s is passed on", async (_which, routing, more) => {
  const socket = await connect(await serveEntry(routing));
  const notices: unknown[] = [];
  socket.onAny((name: string) => notices.push(name));
  expect(await join(socket, more)).toMatchObject({ ok: true, value: { snapshot: { roomId } } });
  expect(rooms.get(roomId)?.people).toBe(1);
  expect(await ask(socket, "media-mute", { isMuted: true })).toEqual({ ok: true, value: {} });
  await vi.waitFor(() => {
    expect(notices).toContain("roster-changed");
  });
  expect(await ask(socket, "nonsense", {})).toMatchObject({
    ok: false,
    error: { code: "invalid-request" },
  });
  socket.disconnect();
  await vi.waitFor(() => {
    expect(rooms.get(roomId)?.snapshot().members).toMatchObject([{ isConnected: false }]);
  });
});

test("a page whose room's server dies is let go, so that it comes again", async () => {
  const socket = await connect(await serveEntry("proxy"));
  await join(socket);
  const lost = once(socket as never, "disconnect");
  await owner.close();
  await lost;
});

test("a room that is not where it is said to be is looked for again later", async () => {
  const socket = await connect(await serveEntry("proxy", "http://127.0.0.1:9"));
  expect(await join(socket)).toMatchObject({ ok: false, error: { code: "timeout" } });
});

test("two entries that send a page to each other do not do so for ever", async () => {
  let second = "";
  const first = await serve(
    {
      find: () =>
        Promise.reject(new AppError("room-elsewhere", "", { isRetryable: true, address: second })),
    },
    "proxy",
  );
  second = (await serveEntry("proxy", first.address)).address;
  const socket = await connect(first);
  expect(await join(socket)).toMatchObject({ ok: false, error: { code: "timeout" } });
});

test("an unknown room is unknown there as well", async () => {
  const socket = await connect(await serveEntry("proxy"));
  expect(await join(socket, { roomId: newId<RoomId>() })).toMatchObject({
    ok: false,
    error: { code: "room-not-found" },
  });
});
