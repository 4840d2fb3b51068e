import { readFileSync } from "node:fs";
import { systemClock } from "@parley/shared/async/clock";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Recognizer } from "../../contracts/recognizer";
import { openSpeechEngines, type SpeechEngines } from "../../engine/speech-engines";
import { findModelsDirectory } from "../../runtime/models-directory";
import { SpeechEndpoints } from "./speech-endpoints";

const fixture = new URL("../../asr/fixtures/audio/time_slt.wav", import.meta.url);
const sound = readFileSync(fixture).subarray(44);
const words = "what time is it";

let engines: SpeechEngines;
beforeAll(async () => {
  const { signal } = new AbortController();
  engines = await openSpeechEngines({ modelsDirectory: findModelsDirectory(), signal });
});
afterAll(async () => {
  await engines.close();
});

const servers: { http: FastifyInstance; controller: AbortController }[] = [];
afterEach(async () => {
  for (const { http, controller } of servers.splice(0)) {
    controller.abort();
    await http.close();
  }
});

async function start(recognizer: Recognizer | null = engines.recognizer, maxClients = 4) {
  const http = Fastify();
  const controller = new AbortController();
  const { signal } = controller;
  const log = { info: () => undefined, warn: () => undefined };
  const endpoints = new SpeechEndpoints({
    http,
    recognizer: () => recognizer,
    maxClients,
    clock: systemClock,
    log,
    signal,
  });
  http.server.on("upgrade", (request, socket, head) => {
    endpoints.upgrade(request, socket, head);
  });
  servers.push({ http, controller });
  await http.listen({ host: "127.0.0.1", port: 0 });
  const address = http.server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `ws://127.0.0.1:${port}/`, controller };
}

type Message = { type: string; text?: string; is_final?: boolean; finalize?: boolean } & Record<
  string,
  unknown
>;

/** Written from the protocol's description alone. */
class Client {
  readonly messages: Message[] = [];
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as Message);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", resolve);
    });
    socket.on("error", () => undefined);
  }

  static async connect(url: string): Promise<Client> {
    const client = new Client(new WebSocket(url));
    await client.until((messages) => messages.length > 0);
    return client;
  }

  async until(isEnough: (messages: Message[]) => boolean): Promise<void> {
    while (!isEnough(this.messages)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async finals(count: number): Promise<Message[]> {
    const finals = () => this.messages.filter(({ is_final: isFinal }) => isFinal === true);
    await this.until(() => finals().length >= count);
    return finals();
  }

  say(bytes: Uint8Array, pieceBytes = bytes.length): void {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      this.socket.send(bytes.subarray(at, at + pieceBytes));
    }
  }

  reset(finalize?: boolean): void {
    this.socket.send(JSON.stringify({ type: "reset", finalize }));
  }
}

function final(text: string, finalize: boolean): Message {
  return { type: "transcript", text, is_final: true, finalize };
}

/** Notes the streams that are open. */
function counted(recognizer: Recognizer) {
  const open = new Set<object>();
  let onClose: () => void = () => undefined;
  const wrapped: Recognizer = {
    name: recognizer.name,
    close: () => recognizer.close(),
    async open() {
      const stream = await recognizer.open();
      open.add(stream);
      return {
        write: (samples) => stream.write(samples),
        peekFinal: () => stream.peekFinal(),
        finish: () => stream.finish(),
        reset: () => stream.reset(),
        close: () => {
          stream.close();
          open.delete(stream);
          onClose();
        },
      };
    },
  };
  const allClosed = async () => {
    while (open.size > 0) {
      await new Promise<void>((resolve) => {
        onClose = resolve;
      });
    }
  };
  return { wrapped, open, allClosed };
}

describe("the recogniser's WebSocket", () => {
  it("hears pieces of any length, odd ones too, and tells only what changed", async () => {
    const { url } = await start();
    const client = await Client.connect(url);
    expect(client.messages).toEqual([{ type: "ready" }]);
    client.say(sound, 3_333);
    client.socket.send(new Uint8Array(0));
    client.reset();
    expect(await client.finals(1)).toEqual([final(words, true)]);
    const interim = client.messages.slice(1, -1);
    expect(interim.length).toBeGreaterThan(1);
    expect(interim.every(({ is_final: isFinal }) => isFinal === false)).toBe(true);
    const texts = interim.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("keeps everything at a soft reset and starts anew at a hard one, in order", async () => {
    const { url } = await start();
    const client = await Client.connect(url);
    const middle = Math.floor(sound.length / 2) | 1;
    client.say(sound.subarray(0, middle));
    client.reset(false);
    client.say(sound.subarray(middle));
    client.reset(true);
    client.socket.send('{"type":"end"}');
    // Half a sample must not shift the next utterance.
    client.say(new Uint8Array(1));
    client.reset();
    client.say(sound);
    client.reset();
    const [soft, ...hard] = await client.finals(5);
    expect(soft).toMatchObject({ finalize: false });
    expect(words.startsWith(soft?.text ?? "?")).toBe(true);
    expect(hard).toEqual([
      final(words, true),
      final("", true),
      final("", true),
      final(words, true),
    ]);
  });

  it("ignores what it does not know", async () => {
    const { url } = await start();
    const client = await Client.connect(url);
    for (const text of ["{", "null", "[]", '{"type":"future"}', '{"type":"reset","finalize":3}']) {
      client.socket.send(text);
    }
    client.say(sound);
    client.reset();
    expect(await client.finals(1)).toEqual([final(words, true)]);
  });

  it("refuses a message that is too long, and more sound than may wait", async () => {
    const { url } = await start();
    const long = await Client.connect(url);
    long.say(new Uint8Array(10 * 1024 * 1024 + 1));
    expect(await long.closed).toBe(1009);
    expect(long.messages[1]).toMatchObject({ type: "error", code: "frame-too-large" });
    const fast = await Client.connect(url);
    for (let count = 0; count < 20; count++) fast.say(new Uint8Array(5_000_000));
    expect(await fast.closed).toBe(1008);
    expect(fast.messages.at(-1)).toMatchObject({ type: "error", code: "too-many-requests" });
  });

  it("frees the stream of a client that leaves in the middle", async () => {
    const { wrapped, open, allClosed } = counted(engines.recognizer);
    const { url, controller } = await start(wrapped);
    const client = await Client.connect(url);
    client.say(sound, 1_000);
    await client.until((messages) => messages.length > 1);
    expect(open.size).toBe(1);
    client.socket.terminate();
    await allClosed();
    const other = await Client.connect(url);
    controller.abort();
    expect(await other.closed).toBe(1013);
    await allClosed();
  });

  it("asks to come back while the model loads, and when it is full", async () => {
    const { url: loading } = await start(null);
    const early = await Client.connect(loading);
    expect(early.messages).toEqual([
      { type: "error", message: "The models are still loading.", code: "agent-unavailable" },
    ]);
    expect(await early.closed).toBe(1013);
    const { url } = await start(engines.recognizer, 1);
    const first = await Client.connect(url);
    const second = await Client.connect(url);
    expect(second.messages).toMatchObject([{ type: "error", code: "agent-unavailable" }]);
    expect(await second.closed).toBe(1013);
    first.socket.close();
    await first.closed;
  });

  it("says that the recogniser failed", async () => {
    const open = () => Promise.reject(new Error("secret"));
    const { url } = await start({ ...engines.recognizer, name: "broken", open });
    const client = await Client.connect(url);
    expect(client.messages).toEqual([
      { type: "error", message: "Something failed on the server.", code: "internal" },
    ]);
    expect(await client.closed).toBe(1011);
  });
});
