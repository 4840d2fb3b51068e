import { EventEmitter } from "node:events";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import type { ClientEvent } from "./events/client-events";
import { RealtimeSocket } from "./realtime-socket";

/** A socket that a test sends to, and reads. */
class ScriptedSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  readonly sent: { type: string; event_id: string; error?: { code: string; event_id: string } }[] =
    [];
  bufferedAmount = 0;
  isPaused = false;
  closedWith: number | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ScriptedSocket["sent"][number]);
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  close(code: number): void {
    this.closedWith = code;
  }
  ping(): void {
    this.emit("pong");
  }
  terminate(): void {
    this.closedWith = 1_006;
  }
}

const retrieve = { type: "conversation.item.retrieve", item_id: "one" };

async function connect(carryOut: (event: ClientEvent) => Promise<void> = () => Promise.resolve()) {
  const clock = new FakeClock();
  const socket = new ScriptedSocket();
  const waiting = { soundMs: 0 };
  const controller = new AbortController();
  let closed = 0;
  new RealtimeSocket({
    // Of a socket's forty methods these few are used.
    socket: socket as unknown as WebSocket,
    isBeta: false,
    open: (emit) => {
      emit({ type: "session.created", session: {} });
      return Promise.resolve({
        carryOut,
        get waitingMs() {
          return waiting.soundMs;
        },
      });
    },
    clock,
    log: { info: () => undefined, warn: () => undefined },
    onClosed: () => closed++,
    signal: controller.signal,
  });
  await clock.advance(0);
  const send = async (message: object | string | Uint8Array) => {
    const isBinary = message instanceof Uint8Array;
    const text = typeof message === "string" ? message : JSON.stringify(message);
    socket.emit("message", isBinary ? Buffer.from(message) : Buffer.from(text), isBinary);
    await clock.advance(0);
  };
  const codes = () => socket.sent.flatMap(({ error }) => (error === undefined ? [] : [error.code]));
  return { clock, socket, waiting, controller, send, codes, closedTimes: () => closed };
}

describe("RealtimeSocket", () => {
  it("gives each event an id of its own", async () => {
    const { socket, send } = await connect();
    await send("{");
    const ids = socket.sent.map(({ event_id }) => event_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it("carries events out one after another, in order", async () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const { clock, send } = await connect((event) => {
      begun.push(event.type);
      return new Promise((resolve) => ends.push(resolve));
    });
    await send({ type: "input_audio_buffer.commit" });
    await send({ type: "response.create" });
    expect(begun).toEqual(["input_audio_buffer.commit"]);
    ends[0]?.();
    await clock.advance(0);
    expect(begun).toEqual(["input_audio_buffer.commit", "response.create"]);
  });

  it("answers what it cannot read or carry out, with the client's id, and stays open", async () => {
    const { socket, send, codes } = await connect(() => Promise.reject(new Error("secret")));
    await send(new Uint8Array(3));
    await send("[");
    await send("7");
    await send({ type: "nonsense" });
    await send({ ...retrieve, event_id: "mine" });
    const internal = "internal";
    expect(codes()).toEqual([
      ...["invalid_value", "invalid_json", "missing_required_parameter", "invalid_value"],
      internal,
    ]);
    expect(socket.sent.at(-1)?.error?.event_id).toBe("mine");
    expect(JSON.stringify(socket.sent)).not.toContain("secret");
    expect(socket.closedWith).toBeNull();
  });

  it("does not read on while too much sound waits", async () => {
    const { clock, socket, waiting, send } = await connect();
    waiting.soundMs = 31_000;
    await send(retrieve);
    expect(socket.isPaused).toBe(true);
    waiting.soundMs = 29_000;
    await clock.advance(200);
    expect(socket.isPaused).toBe(false);
  });

  it("leaves a client that does not read", async () => {
    const { socket, send } = await connect();
    socket.bufferedAmount = 33 * 1_024 * 1_024;
    await send("{");
    expect(socket.closedWith).toBe(1_006);
  });

  it("closes once when the server shuts down, and tells so", async () => {
    const { socket, controller, closedTimes } = await connect();
    controller.abort();
    expect(socket.closedWith).toBe(1_013);
    socket.emit("close");
    expect(closedTimes()).toBe(1);
  });
});
