import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import {
  partialOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import {
  spokenWords,
  startRecognitionServer,
  type RecognitionServer,
} from "../../testing/recognition-server";

/**
 * A client written from the reference server's description alone:
 *
 * > Client → Server:
 * >   Binary audio (PCM 16kHz 16-bit mono)
 * >   {"type": "reset"}  ← Finalize current utterance
 * >
 * > Server → Client:
 * >   {"type": "ready"}
 * >   {"type": "transcript", "text": "...", "is_final": true|false}
 *
 * and from the behaviour of that server: `end` is a synonym of `reset`; `finalize` defaults to true,
 * and with `false` the text so far is returned at once with all state kept; it is repeated in the
 * final transcript; interim text is cumulative and sent only when it has changed; messages hold
 * 10 MiB at most; unknown types and text that is not JSON are ignored; a failure is reported by
 * `{"type": "error", "message": "..."}` before the connection closes.
 */
class ReferenceClient {
  readonly received: Record<string, unknown>[] = [];
  readonly closeCode: Promise<number>;
  readonly #socket: WebSocket;
  #wake: () => void = () => undefined;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on("message", (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()) as Record<string, unknown>);
      this.#wake();
    });
    this.#socket.on("error", () => undefined);
    this.closeCode = new Promise((resolve) => {
      this.#socket.on("close", resolve);
    });
  }

  /** Takes the next message from the queue. */
  async next(): Promise<Record<string, unknown>> {
    for (;;) {
      const message = this.received.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Takes messages up to the next final transcript: the interim texts, and it. */
  async final() {
    const interims: unknown[] = [];
    for (;;) {
      const message = await this.next();
      if (message.type === "transcript" && message.is_final === true) return { interims, message };
      expect(message).toEqual({ type: "transcript", text: message.text, is_final: false });
      interims.push(message.text);
    }
  }

  audio(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  text(text: string): void {
    this.#socket.send(text);
  }

  leave(): void {
    this.#socket.close();
  }
}

const code = new WordCode();
const bytesOf = (text: string) => new Uint8Array(spokenWords(code, text).buffer);
const hello = bytesOf("hello there world");

const servers: RecognitionServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function connect(recognizer = wordRecognizer(code)) {
  const server = await startRecognitionServer(recognizer);
  servers.push(server);
  return new ReferenceClient(server.webSocketUrl);
}

async function ready(recognizer = wordRecognizer(code)) {
  const client = await connect(recognizer);
  expect(await client.next()).toEqual({ type: "ready" });
  return client;
}

describe("the reference server's protocol", () => {
  it('sends "ready" before anything else, also to a client that did not wait', async () => {
    const client = await connect();
    expect(await client.next()).toEqual({ type: "ready" });
    expect(client.received).toEqual([]);
  });

  it("sends cumulative text as it changes, and the final text at a reset", async () => {
    const client = await ready();
    for (let at = 0; at < hello.length; at += 640) client.audio(hello.subarray(at, at + 640));
    client.text('{"type": "reset"}');
    const { interims, message } = await client.final();
    expect(interims).toEqual(["hello", "hello there", "hello there world"]);
    expect(message).toEqual({
      type: "transcript",
      text: "hello there world",
      is_final: true,
      finalize: true,
    });
  });

  it("begins a new utterance after a hard reset, and answers one without sound with empty text", async () => {
    const client = await ready();
    client.audio(hello);
    client.text('{"type": "reset", "finalize": true}');
    client.audio(bytesOf("once more"));
    client.text('{"type": "end"}');
    client.text('{"type": "end"}');
    expect((await client.final()).message.text).toBe("hello there world");
    expect((await client.final()).message.text).toBe("once more");
    expect((await client.final()).message).toMatchObject({ text: "", finalize: true });
  });

  it("keeps all state at a soft reset", async () => {
    const client = await ready();
    client.audio(bytesOf("hello"));
    client.text('{"type": "reset", "finalize": false}');
    client.audio(bytesOf("there"));
    client.text('{"type": "end", "finalize": true}');
    expect((await client.final()).message).toEqual({
      type: "transcript",
      text: "hello",
      is_final: true,
      finalize: false,
    });
    expect((await client.final()).message.text).toBe("hello there");
  });

  it("reads finalize by its truthiness", async () => {
    const client = await ready();
    client.audio(bytesOf("hello"));
    const finalizes = ["null", "0", '""', "1", '"yes"'];
    for (const finalize of finalizes) client.text(`{"type": "reset", "finalize": ${finalize}}`);
    const received: unknown[] = [];
    while (received.length < finalizes.length) {
      const { message } = await client.final();
      received.push([message.text, message.finalize]);
    }
    expect(received).toEqual([
      ["hello", false],
      ["hello", false],
      ["hello", false],
      ["hello", true],
      ["", true],
    ]);
  });

  it("joins samples that are cut in two between messages", async () => {
    const client = await ready();
    for (let at = 0; at < hello.length; at += 333) client.audio(hello.subarray(at, at + 333));
    client.text('{"type": "reset"}');
    expect((await client.final()).message.text).toBe("hello there world");
  });

  it("ignores unknown messages and bad JSON", async () => {
    const client = await ready();
    for (const text of ["", "{", "null", "7", "[]", "{}", '{"type": "vad_start"}', '{"type": 1}']) {
      client.text(text);
    }
    client.audio(hello);
    client.text('{"type": "reset", "unknown": true}');
    expect((await client.final()).message.text).toBe("hello there world");
  });

  it("accepts messages of 10 MiB and refuses longer ones", async () => {
    const client = await ready();
    client.audio(new Uint8Array(10 * 1024 * 1024));
    client.text('{"type": "reset"}');
    await client.final();
    client.audio(new Uint8Array(10 * 1024 * 1024 + 1));
    expect(await client.next()).toMatchObject({ type: "error" });
    expect(await client.closeCode).toBe(1009);
  });

  it("adds the lag to interim text, only when it lags", async () => {
    const lags = [0, 900, 2_400];
    let written = 0;
    const stream = scriptedRecognizerStream({
      write: () => {
        const behindMs = lags[written] ?? 0;
        written++;
        return Promise.resolve({ ...partialOf(`words ${written}`), behindMs });
      },
    });
    const client = await ready(scriptedRecognizer({ open: () => Promise.resolve(stream) }));
    const received: unknown[] = [];
    while (received.length < lags.length) {
      client.audio(new Uint8Array(640));
      received.push((await client.next()).behind_ms);
    }
    expect(received).toEqual([undefined, undefined, 2_400]);
    // Sound that arrived and still waits counts too: three seconds, a second at a time.
    client.audio(new Uint8Array(4 * 32_000));
    received.length = 0;
    for (let second = 0; second < 4; second++) received.push((await client.next()).behind_ms);
    expect(received).toEqual([3_000, 2_000, undefined, undefined]);
  });
});
