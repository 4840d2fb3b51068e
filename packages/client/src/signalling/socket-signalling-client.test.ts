import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Server, type Socket } from "socket.io";
import { sampleSnapshot } from "../testing/room-samples";
import type { SignallingClientEvent } from "./signalling-client";
import { SocketSignallingClient } from "./socket-signalling-client";

let http: HttpServer;
let server: Server;
let client: SocketSignallingClient;
let onSocket: (socket: Socket) => void;
const never = new AbortController().signal;

beforeEach(async () => {
  http = createServer();
  server = new Server(http);
  onSocket = () => undefined;
  server.on("connection", (socket) => {
    onSocket(socket);
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  client = new SocketSignallingClient({ url: `http://127.0.0.1:${port}` });
});

afterEach(async () => {
  client.close();
  await server.close();
});

/** Connects to a server that answers `room-snapshot` with this; undefined for no answer. */
async function connectTo(answer: unknown): Promise<void> {
  onSocket = (socket) => {
    socket.on("room-snapshot", (_payload: unknown, acknowledge: (value: unknown) => void) => {
      if (answer !== undefined) acknowledge(answer);
    });
  };
  await client.connect(never);
}

describe("requests", () => {
  it("resolve with the parsed value", async () => {
    const snapshot = sampleSnapshot({ sequence: 7 });
    await connectTo({ ok: true, value: { ...snapshot, unknownField: 1 } });
    await expect(client.request("room-snapshot", {})).resolves.toEqual(snapshot);
  });

  it("reject with the server's own code", async () => {
    const error = { code: "not-joined", message: "join first", isRetryable: false };
    await connectTo({ ok: false, error });
    await expect(client.request("room-snapshot", {})).rejects.toMatchObject(error);
  });

  it.each([
    ["no acknowledgement at all", "fine"],
    ["a value of another shape", { ok: true, value: { sequence: "seven" } }],
    ["an unknown code", { ok: false, error: { code: "x", message: "", isRetryable: false } }],
  ])("reject %s", async (_name, answer) => {
    await connectTo(answer);
    await expect(client.request("room-snapshot", {})).rejects.toMatchObject({
      code: "protocol-mismatch",
    });
  });

  it("reject after the time limit", async () => {
    await connectTo(undefined);
    const request = client.request("room-snapshot", {}, { timeoutMs: 30 });
    await expect(request).rejects.toMatchObject({ code: "timeout", isRetryable: true });
  });

  it("reject when aborted", async () => {
    await connectTo(undefined);
    const controller = new AbortController();
    const request = client.request("room-snapshot", {}, { signal: controller.signal });
    controller.abort();
    await expect(request).rejects.toBe(controller.signal.reason);
  });

  it("reject when the socket is lost or was never there", async () => {
    await expect(client.request("room-snapshot", {})).rejects.toMatchObject({
      code: "invalid-state",
    });
    await connectTo(undefined);
    const request = client.request("room-snapshot", {});
    server.disconnectSockets(true);
    await expect(request).rejects.toMatchObject({ code: "invalid-state" });
  });

  it("are refused before sending when malformed", async () => {
    await connectTo(undefined);
    const malformed = { isMuted: "yes" } as unknown as { isMuted: boolean };
    await expect(client.request("media-mute", malformed)).rejects.toThrow(/isMuted/);
  });
});

it("emits notices, drops malformed ones, and emits losing and finding the server", async () => {
  const events: SignallingClientEvent[] = [];
  client.subscribe((event) => events.push(event));
  onSocket = (socket) => {
    socket.emit("media-closed", { producerId: 7 });
    socket.emit("media-closed", { producerId: "p" });
  };
  await client.connect(never);
  await until(() => events.length === 2);
  server.disconnectSockets(true);
  await until(() => events.filter((event) => event.type === "connected").length === 2);
  expect(events.slice(0, 4)).toEqual([
    { type: "connected" },
    { type: "notice", notice: { name: "media-closed", payload: { producerId: "p" } } },
    { type: "disconnected" },
    { type: "connected" },
  ]);
});

it("stops waiting for an unreachable server when aborted", async () => {
  const away = new SocketSignallingClient({ url: "http://127.0.0.1:9" });
  const controller = new AbortController();
  const connecting = away.connect(controller.signal);
  controller.abort();
  await expect(connecting).rejects.toBe(controller.signal.reason);
  away.close();
  away.close();
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

describe("a room at another server", () => {
  const joined = {
    memberId: "m".repeat(22),
    seatToken: "s".repeat(22),
    isResumed: false,
    mediaEpoch: 1,
    routerRtpCapabilities: {},
    iceServers: [],
    snapshot: sampleSnapshot(),
  };
  const request = {
    protocol: 1,
    roomId: sampleSnapshot().roomId,
    name: "Ann",
    seatToken: null,
  };

  async function serve(answer: () => unknown) {
    const other = createServer();
    const sockets = new Server(other);
    sockets.on("connection", (socket) => {
      socket.on("room-join", (_payload: unknown, acknowledge: (value: unknown) => void) => {
        acknowledge(answer());
      });
    });
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as AddressInfo;
    return { address: `http://127.0.0.1:${port}`, close: () => sockets.close() };
  }

  function untilConnected(): Promise<void> {
    return new Promise((resolve) => {
      client.subscribe(({ type }) => {
        if (type === "connected") resolve();
      });
    });
  }

  it("is joined there, and looked for at the first one when that server is gone", async () => {
    const other = await serve(() => ({ ok: true, value: joined }));
    const requests: unknown[] = [];
    onSocket = (socket) => {
      socket.on("room-join", (payload: unknown, acknowledge: (value: unknown) => void) => {
        requests.push(payload);
        const error = { code: "room-elsewhere", message: "", isRetryable: true };
        acknowledge({ ok: false, error: { ...error, address: other.address } });
      });
    };
    await client.connect(never);
    const moved = untilConnected();
    await expect(client.request("room-join", request)).rejects.toMatchObject({
      code: "room-elsewhere",
      address: other.address,
    });
    expect(requests).toEqual([{ ...request, canMove: true }]);
    await moved;
    await expect(client.request("room-join", request)).resolves.toMatchObject({ mediaEpoch: 1 });
    const back = untilConnected();
    await other.close();
    await back;
    await expect(client.request("room-join", request)).rejects.toMatchObject({
      code: "room-elsewhere",
    });
  });

  it("is looked for at the other servers that there are when the first one is gone", async () => {
    const other = await serve(() => ({ ok: true, value: { ...joined, mediaEpoch: 2 } }));
    onSocket = (socket) => {
      socket.on("room-join", (_payload: unknown, acknowledge: (value: unknown) => void) => {
        acknowledge({ ok: true, value: { ...joined, servers: [other.address] } });
      });
    };
    await client.connect(never);
    await client.request("room-join", request);
    const moved = untilConnected();
    await server.close();
    await moved;
    await expect(client.request("room-join", request)).resolves.toMatchObject({ mediaEpoch: 2 });
    await other.close();
  });
});
