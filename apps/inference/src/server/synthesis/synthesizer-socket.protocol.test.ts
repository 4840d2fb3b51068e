import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { SteppedSynthesizer } from "@parley/speech/testing/stepped-synthesizer";
import { startSynthesisServer, type SynthesisServer } from "../../testing/synthesis-server";

/**
 * A client written from the reference server's description alone:
 *
 * > Client → Server:
 * >   {"type": "init", "voice": "aria", "language": "en"}
 * >   {"type": "text", "text": "...", "mode": "stream|batch"}
 * >   {"type": "close"}   ← Flush remaining, complete normally
 * >   {"type": "cancel"}  ← Stop immediately (interruption)
 * >
 * > Server → Client:
 * >   {"type": "stream_created", "stream_id": "..."}
 * >   Binary audio frames (PCM 16-bit mono)
 * >   {"type": "segment_complete", "audio_ms": 1234}
 * >   {"type": "done", "total_audio_ms": 5432}
 *
 * and its interruptions: a counter increases with each `cancel`, `stream_created` confirms it, and
 * sound is played only while the confirmed count is the current one.
 */
class ReferenceClient {
  readonly messages: Record<string, unknown>[] = [];
  /** Bytes of sound since the last message that was taken. */
  heard = 0;
  #generation = 0;
  #confirmed = -1;
  readonly #socket: WebSocket;
  #wake: () => void = () => undefined;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) {
        if (this.#confirmed === this.#generation) this.heard += data.length;
        return;
      }
      const message = JSON.parse(data.toString()) as Record<string, unknown>;
      if (message.type === "stream_created") this.#confirmed = this.#generation;
      this.messages.push(message);
      this.#wake();
    });
    this.#socket.on("error", () => undefined);
  }

  async connected(): Promise<this> {
    await new Promise((resolve) => this.#socket.once("open", resolve));
    return this;
  }

  /** Takes messages up to the next one of this type, and that one. */
  async next(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const message = this.messages.shift();
      if (message?.type === type) return message;
      if (message === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  interrupt(): void {
    this.#generation++;
    this.send({ type: "cancel" });
  }

  leave(): void {
    this.#socket.close();
  }
}

const servers: SynthesisServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function connect(synthesizer = new SteppedSynthesizer()) {
  const server = await startSynthesisServer(synthesizer);
  servers.push(server);
  return new ReferenceClient(server.webSocketUrl).connected();
}

const bytesOf = (ms: number) => 2 * Math.round((22_050 * ms) / 1_000);

describe("the reference server's protocol", () => {
  it("speaks segment after segment, and sends done after a close", async () => {
    const synthesizer = new SteppedSynthesizer();
    const client = await connect(synthesizer);
    client.send({ type: "init", voice: "aria", language: "en", default_mode: "batch" });
    const { stream_id: id } = await client.next("stream_created");
    expect(id).toEqual(expect.any(String));
    client.send({ type: "text", text: "Hey you.", mode: "stream", preset: "conservative" });
    client.send({ type: "text", text: "Bye.", mode: "batch", preset: null });
    expect(await client.next("segment_complete")).toMatchObject({ segment: 1, audio_ms: 700 });
    expect(await client.next("segment_complete")).toMatchObject({ segment: 2, audio_ms: 400 });
    client.send({ type: "close" });
    expect(await client.next("done")).toMatchObject({
      total_audio_ms: 1_100,
      segments_generated: 2,
    });
    expect(client.heard).toBe(bytesOf(1_100));
    expect(synthesizer.clauses.map(({ request }) => [request.voice, request.quality])).toEqual([
      ["Aria", "fast-start"],
      ["Aria", "batch"],
    ]);
  });

  it("starts a stream for a text without one, with the voice of the last init", async () => {
    const synthesizer = new SteppedSynthesizer();
    const client = await connect(synthesizer);
    client.send({ type: "init", voice: "sofia", language: "zh" });
    const first = await client.next("stream_created");
    client.send({ type: "close" });
    await client.next("done");
    client.send({ type: "text", text: "你好" });
    const second = await client.next("stream_created");
    expect(second.stream_id).not.toBe(first.stream_id);
    expect(await client.next("segment_complete")).toMatchObject({ segment: 1, audio_ms: 200 });
    expect(synthesizer.clauses[0]?.request).toMatchObject({ voice: "Sofia", language: "zh" });
  });

  it("sends nothing of the old reply after an interruption, and all of the new one", async () => {
    const synthesizer = new SteppedSynthesizer();
    const client = await connect(synthesizer);
    client.send({ type: "init", voice: "aria" });
    let pieces = 0;
    let onFourth: () => void = () => undefined;
    const fourth = new Promise<void>((resolve) => {
      onFourth = resolve;
    });
    synthesizer.gate = async ({ signal }) => {
      pieces++;
      if (pieces < 5 || signal.aborted) return;
      onFourth();
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
    };
    client.send({ type: "text", text: "a long reply that nobody wants", mode: "stream" });
    await fourth;
    client.interrupt();
    await client.next("cancelled");
    synthesizer.gate = () => Promise.resolve();
    client.heard = 0;
    client.send({ type: "init", voice: "aria" });
    client.send({ type: "text", text: "new" });
    client.send({ type: "close" });
    expect(await client.next("done")).toMatchObject({ total_audio_ms: 300 });
    expect(client.heard).toBe(bytesOf(300));
  });

  it("answers a ping", async () => {
    const client = await connect();
    client.send({ type: "ping" });
    expect(await client.next("pong")).toEqual({ type: "pong" });
  });

  it("speaks the next stream after a closed one", async () => {
    const client = await connect();
    client.send({ type: "text", text: "one" });
    client.send({ type: "close" });
    client.send({ type: "text", text: "second" });
    client.send({ type: "close" });
    expect(await client.next("done")).toMatchObject({ total_audio_ms: 300 });
    await client.next("stream_created");
    expect(await client.next("done")).toMatchObject({ total_audio_ms: 600 });
    expect(client.heard).toBe(bytesOf(900));
  });

  it("frees the synthesiser when the client disconnects", async () => {
    const synthesizer = new SteppedSynthesizer();
    let isSpeaking: () => void = () => undefined;
    const speaking = new Promise<void>((resolve) => {
      isSpeaking = resolve;
    });
    synthesizer.gate = ({ signal }) => {
      isSpeaking();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
    };
    const client = await connect(synthesizer);
    client.send({ type: "text", text: "nobody listens" });
    await speaking;
    client.leave();
    await synthesizer.allEnded();
    expect(synthesizer.pieces).toBe(0);
  });
});
