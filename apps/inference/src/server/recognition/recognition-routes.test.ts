import { AppError } from "@parley/shared/errors";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import {
  partialOf,
  recognitionOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import {
  countStreams,
  spokenWords,
  startRecognitionServer,
  type RecognitionServer,
} from "../../testing/recognition-server";

const code = new WordCode();
const recognizer = wordRecognizer(code);
const words = "what time is it";
const sound = new Uint8Array(spokenWords(code, words).buffer);

const servers: RecognitionServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(
  served: Recognizer | null = recognizer,
  options?: Parameters<typeof startRecognitionServer>[1],
) {
  const server = await startRecognitionServer(served, options);
  servers.push(server);
  return { url: server.webSocketUrl, abort: server.abort };
}

/** Counts the seconds that it hears, and lets others run between two of them. */
function slowRecognizer(): Recognizer {
  return scriptedRecognizer({
    open: () => {
      let samples = 0;
      return Promise.resolve(
        scriptedRecognizerStream({
          write: async (taken) => {
            samples += taken.length;
            if (taken.length > 8_000) await new Promise((resolve) => setImmediate(resolve));
            return partialOf("");
          },
          finish: () => Promise.resolve(recognitionOf(`${samples / 16_000} seconds`)),
        }),
      );
    },
  });
}

/** Takes one piece of sound and never comes to its end. */
function stuckRecognizer() {
  let samples = 0;
  const stream = scriptedRecognizerStream({
    write: (taken) => {
      samples += taken.length;
      return new Promise(() => undefined);
    },
  });
  const stuck = scriptedRecognizer({ open: () => Promise.resolve(stream) });
  return { recognizer: stuck, reached: () => samples };
}

type Message = { type: string; text?: string; is_final?: boolean; finalize?: boolean } & Record<
  string,
  unknown
>;

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

  async finals(count: number): Promise<(string | undefined)[]> {
    const finals = () => this.messages.filter(({ is_final: isFinal }) => isFinal === true);
    await this.until(() => finals().length >= count);
    return finals().map(({ text }) => text);
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

describe("the recogniser's WebSocket", () => {
  it("does not let half a sample shift the next utterance", async () => {
    const { url } = await start();
    const client = await Client.connect(url);
    client.say(new Uint8Array(1));
    client.say(new Uint8Array(0));
    client.reset();
    client.say(sound);
    client.reset();
    expect(await client.finals(2)).toEqual(["", words]);
  });

  it("keeps clients apart", async () => {
    const { url } = await start();
    const clients = await Promise.all(["one", "two", "three"].map(() => Client.connect(url)));
    for (const [index, client] of clients.entries()) {
      client.say(new Uint8Array(spokenWords(code, `number ${index}`).buffer), 1_001);
      client.reset();
    }
    for (const [index, client] of clients.entries()) {
      expect(await client.finals(1)).toEqual([`number ${index}`]);
    }
  });

  it("refuses a message that is too long", async () => {
    const { url } = await start();
    const other = await Client.connect(url);
    other.say(sound);
    const long = await Client.connect(url);
    long.say(new Uint8Array(10 * 1024 * 1024 + 1));
    expect(await long.closed).toBe(1009);
    expect(long.messages[1]).toMatchObject({ type: "error", code: "frame-too-large" });
    other.reset();
    expect(await other.finals(1)).toEqual([words]);
  });

  it.each([
    ["short frames", 640],
    ["seconds", 32_000],
    ["messages of ten minutes", 9_600_000],
  ])("loses nothing of half an hour that is sent at once, as %s", async (_what, pieceBytes) => {
    // A tenth of it may wait in the memory.
    const { url } = await start(slowRecognizer(), { maxWaitingBytes: 5_760_000 });
    const client = await Client.connect(url);
    client.say(new Uint8Array(1_800 * 32_000), pieceBytes);
    client.reset();
    expect(await client.finals(1)).toEqual(["1800 seconds"]);
  });

  it("answers every one of a flood of resets", async () => {
    const { url } = await start(slowRecognizer(), { maxWaitingBytes: 100_000 });
    const client = await Client.connect(url);
    client.say(sound);
    for (let count = 0; count < 30_000; count++) client.reset(false);
    client.reset();
    await client.finals(30_001);
  });

  it("answers the pings of a client that sent far more than was recognised", async () => {
    const { reached, recognizer: stuck } = stuckRecognizer();
    const { url } = await start(stuck);
    const client = await Client.connect(url);
    for (let minute = 0; minute < 60; minute++) client.say(new Uint8Array(60 * 32_000), 32_000);
    const pong = new Promise((resolve) => client.socket.once("pong", resolve));
    client.socket.ping();
    await pong;
    expect(reached()).toBe(16_000);
  });

  it("does not read what the recogniser cannot follow, and lets the client wait", async () => {
    const { reached, recognizer: stuck } = stuckRecognizer();
    const clock = new FakeClock();
    const { url } = await start(stuck, {
      clock,
      maxWaitingBytes: 8_000_000,
    });
    const client = await Client.connect(url);
    for (let count = 0; count < 40; count++) client.say(new Uint8Array(5_000_000));
    await expect.poll(reached).toBe(16_000);
    for (let minute = 0; minute < 10; minute++) await clock.advance(60_000);
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
    let unsent = 0;
    while (unsent !== client.socket.bufferedAmount) {
      unsent = client.socket.bufferedAmount;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    // Two hundred megabytes were sent; the systems' own buffers hold a few.
    expect(client.socket.bufferedAmount).toBeGreaterThan(150_000_000);
  });

  it("frees the stream of a client that disconnects, and no other", async () => {
    const { counted, open, allClosed } = countStreams(recognizer);
    const { url, abort } = await start(counted);
    const other = await Client.connect(url);
    other.say(sound.subarray(0, 1_001));
    const client = await Client.connect(url);
    client.say(sound, 1_000);
    await client.until((messages) => messages.length > 1);
    expect(open.size).toBe(2);
    client.socket.terminate();
    other.say(sound.subarray(1_001));
    other.reset();
    expect(await other.finals(1)).toEqual([words]);
    while (open.size > 1) await new Promise((resolve) => setImmediate(resolve));
    abort();
    expect(await other.closed).toBe(1013);
    await allClosed();
  });

  it("frees a stream that opens after its client has left", async () => {
    const { counted, allClosed } = countStreams(recognizer);
    let letOpen: () => void = () => undefined;
    const asked = new Promise<void>((isAsked) => {
      const slow: Recognizer = {
        ...counted,
        async open(options) {
          const stream = await counted.open(options);
          await new Promise<void>((resolve) => {
            letOpen = resolve;
            isAsked();
          });
          return stream;
        },
      };
      void start(slow).then(({ url }) => {
        const socket = new WebSocket(url);
        socket.on("error", () => undefined);
        void asked.then(() => {
          socket.on("close", () => {
            letOpen();
          });
          socket.terminate();
        });
      });
    });
    await asked;
    await allClosed();
  });

  it("refuses with a retryable error while the model loads, and at capacity", async () => {
    const { url: loading } = await start(null);
    const early = await Client.connect(loading);
    expect(early.messages).toEqual([
      { type: "error", message: "The models are still loading.", code: "agent-unavailable" },
    ]);
    expect(await early.closed).toBe(1013);
    const { url } = await start(recognizer, { maxClients: 1 });
    const first = await Client.connect(url);
    const second = await Client.connect(url);
    expect(second.messages).toMatchObject([{ type: "error", code: "agent-unavailable" }]);
    expect(await second.closed).toBe(1013);
    first.socket.close();
    await first.closed;
  });

  it("refuses with a retryable error when the device could not keep up", async () => {
    const message = "8 streams are open; one more could not be heard in time";
    const open = () => Promise.reject(new AppError("at-capacity", message));
    const { url } = await start(scriptedRecognizer({ open }));
    const client = await Client.connect(url);
    expect(client.messages).toEqual([{ type: "error", message, code: "at-capacity" }]);
    expect(await client.closed).toBe(1013);
  });

  it("reports a failure of the recogniser", async () => {
    const open = () => Promise.reject(new Error("secret"));
    const { url } = await start(scriptedRecognizer({ open }));
    const client = await Client.connect(url);
    expect(client.messages).toEqual([
      { type: "error", message: "Something failed on the server.", code: "internal" },
    ]);
    expect(await client.closed).toBe(1011);
  });
});
