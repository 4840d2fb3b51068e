import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { SynthesisRequest } from "@parley/speech/contracts/synthesizer";
import { SteppedSynthesizer } from "@parley/speech/testing/stepped-synthesizer";
import {
  startSynthesisServer,
  type SynthesisServer,
  type SynthesisServerOptions,
} from "../../testing/synthesis-server";
import { SynthesizerClient as Client } from "../../testing/synthesizer-client";

const servers: SynthesisServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options?: SynthesisServerOptions) {
  const synthesizer = new SteppedSynthesizer();
  const server = await startSynthesisServer(synthesizer, options);
  servers.push(server);
  return { synthesizer, server, connect: () => Client.connect(server.webSocketUrl) };
}

/** A synthesiser that waits until the request is aborted, and signals when it does. */
function holdBack(synthesizer: SteppedSynthesizer): Promise<SynthesisRequest> {
  return new Promise((resolve) => {
    synthesizer.gate = (request) => {
      resolve(request);
      return new Promise((free) => {
        request.signal.addEventListener("abort", () => {
          free();
        });
      });
    };
  });
}

describe("the synthesiser's WebSocket", () => {
  it("announces the actual rate, voice and language, and echoes the request's id", async () => {
    const { connect } = await start();
    const client = await connect();
    client.send({ type: "init", language: "en-GB", request_id: "turn 7" });
    expect(await client.first("stream_created")).toEqual({
      type: "stream_created",
      stream_id: expect.any(String) as string,
      request_id: "turn 7",
      voice: "John",
      language: "en",
      default_mode: "batch",
      sample_rate: 22_050,
    });
  });

  it("converts to the requested rate", async () => {
    const { connect } = await start();
    const client = await connect();
    client.send({ type: "init", sample_rate: 48_000 });
    client.send({ type: "text", text: "aaaa" });
    client.send({ type: "close" });
    const { total_audio_ms: audioMs } = await client.first("done");
    expect((await client.first("stream_created")).sample_rate).toBe(48_000);
    expect(audioMs).toBeGreaterThan(395);
    expect(audioMs).toBeLessThan(425);
    expect(client.samples.length / 48).toBeCloseTo(audioMs as number, -1);
    expect(client.samples[9_600]).toBeCloseTo(97, -1);
  });

  it("acknowledges a cancel by its stream, and sends nothing of it afterwards", async () => {
    const { synthesizer, connect } = await start();
    const client = await connect();
    const held = holdBack(synthesizer);
    client.send({ type: "text", text: "first" });
    client.send({ type: "text", text: "second" });
    await held;
    const { stream_id: id } = await client.first("stream_created");
    client.send({ type: "cancel" });
    expect(await client.first("cancelled")).toEqual({
      type: "cancelled",
      stream_id: id,
      reason: "cancel",
      total_audio_ms: 0,
      segments_generated: 0,
      segments_dropped: 2,
    });
    await synthesizer.allEnded();
    client.send({ type: "ping" });
    await client.first("pong");
    const at = client.received.findIndex((item) => "type" in item && item.type === "cancelled");
    expect(client.received.slice(at + 1)).toEqual([{ type: "pong" }]);
  });

  it("ignores a cancel for another stream, and answers one without a stream", async () => {
    const { connect } = await start();
    const client = await connect();
    client.send({ type: "cancel" });
    expect(await client.first("cancelled")).toMatchObject({ stream_id: null });
    client.received.length = 0;
    client.send({ type: "text", text: "on it goes" });
    client.send({ type: "cancel", stream_id: "the one before" });
    client.send({ type: "close" });
    expect(await client.first("done")).toMatchObject({ total_audio_ms: 800 });
    expect(await client.first("cancelled")).toMatchObject({ stream_id: "the one before" });
  });

  it("cancels the running stream at an init, before it creates the new one", async () => {
    const { synthesizer, connect } = await start();
    const client = await connect();
    const held = holdBack(synthesizer);
    client.send({ type: "text", text: "old" });
    await held;
    client.send({ type: "init", voice: "Sofia" });
    await client.first("cancelled");
    synthesizer.gate = () => Promise.resolve();
    client.send({ type: "text", text: "new" });
    client.send({ type: "close" });
    await client.first("done");
    expect(client.messages.map(({ type }) => type)).toEqual([
      "stream_created",
      "cancelled",
      "stream_created",
      "segment_complete",
      "done",
    ]);
    expect(client.samples).toHaveLength(3 * 2_205);
  });

  it("serves two clients at once, each in its own voice", async () => {
    const { synthesizer, connect } = await start();
    const clients = [await connect(), await connect()];
    let waiting = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    synthesizer.gate = async () => {
      waiting++;
      if (waiting === 2) release();
      await both;
    };
    for (const [index, text] of ["aaa", "bb"].entries()) {
      clients[index]?.send({ type: "init", voice: synthesizer.voices[index] });
      clients[index]?.send({ type: "text", text });
      clients[index]?.send({ type: "close" });
    }
    await Promise.all(clients.map((client) => client.first("done")));
    expect(new Set(clients[0]?.samples)).toEqual(new Set(["a".charCodeAt(0)]));
    expect(new Set(clients[1]?.samples)).toEqual(new Set(["b".charCodeAt(0)]));
    expect(new Set(synthesizer.clauses.map(({ request }) => request.voice)).size).toBe(2);
  });

  it("completes an unspeakable text without sound", async () => {
    const { connect } = await start();
    const client = await connect();
    for (const text of ["", "  \n", "🙂🎉"]) client.send({ type: "text", text });
    client.send({ type: "close" });
    expect(await client.first("done")).toMatchObject({ total_audio_ms: 0, segments_generated: 3 });
    const completed = client.messages.filter(({ type }) => type === "segment_complete");
    expect(completed.map(({ audio_ms: audioMs }) => audioMs)).toEqual([0, 0, 0]);
    expect(client.samples).toEqual([]);
  });

  it("reports a failure of the engine, completes the segment, and goes on", async () => {
    const { connect } = await start();
    const client = await connect();
    client.send({ type: "text", text: "a!" });
    client.send({ type: "text", text: "b" });
    client.send({ type: "close" });
    await client.first("done");
    expect(await client.first("error")).toMatchObject({ fatal: false, segment: 1 });
    const completed = client.messages.filter(({ type }) => type === "segment_complete");
    expect(completed.map(({ audio_ms: audioMs }) => audioMs)).toEqual([100, 100]);
  });

  it.each([
    ["text that is not JSON", "hello", /not JSON/u],
    ["an unknown type", '{"type":"sing"}', /type/u],
    ["a text that is none", '{"type":"text","text":7}', /text/u],
    ["an unknown mode", '{"type":"text","text":"a","mode":"loud"}', /mode/u],
    ["an unknown voice", '{"type":"init","voice":"nobody","strict":true}', /John, Sofia, Aria/u],
    ["a language that is not there", '{"type":"init","language":"xx"}', /en, zh/u],
    ["a rate out of bounds", '{"type":"init","sample_rate":96000}', /sample_rate/u],
    [
      "a text that is too long",
      JSON.stringify({ type: "text", text: "a".repeat(10_001) }),
      /text/u,
    ],
  ])("answers %s with an error, and goes on", async (_what, message, reason) => {
    const { connect } = await start();
    const client = await connect();
    client.send(message);
    expect(await client.first("error")).toMatchObject({
      code: "invalid-request",
      fatal: false,
      message: expect.stringMatching(reason) as string,
    });
    client.send({ type: "text", text: "ok" });
    expect(await client.first("segment_complete")).toMatchObject({ audio_ms: 200 });
  });

  it("closes on a flood of invalid messages, and on a message that is too long", async () => {
    const { connect } = await start();
    const flooding = await connect();
    for (let count = 0; count < 21; count++) flooding.send("nonsense");
    expect(await flooding.closed).toBe(1008);
    expect(flooding.messages.at(-1)).toMatchObject({ code: "too-many-requests", fatal: true });
    const huge = await connect();
    huge.send({ type: "text", text: "a".repeat(300_000) });
    expect(await huge.closed).toBe(1009);
  });

  it("refuses texts when a hundred are waiting, and keeps the waiting ones", async () => {
    const { synthesizer, connect } = await start();
    const client = await connect();
    const held = holdBack(synthesizer);
    client.send({ type: "text", text: "a" });
    await held;
    for (let count = 0; count < 100; count++) client.send({ type: "text", text: "b" });
    expect(await client.first("error")).toMatchObject({ code: "too-many-requests", fatal: false });
    client.send({ type: "cancel" });
    expect(await client.first("cancelled")).toMatchObject({ segments_dropped: 100 });
  });

  it("refuses clients beyond the limit, and those before the voice is loaded", async () => {
    const { connect } = await start({ maxClients: 1 });
    await connect();
    const second = await connect();
    expect(await second.closed).toBe(1013);
    expect(second.messages).toMatchObject([{ code: "agent-unavailable", fatal: true }]);
    const loading = await startSynthesisServer(null);
    servers.push(loading);
    expect(await (await Client.connect(loading.webSocketUrl)).closed).toBe(1013);
  });

  it("closes the connection at shutdown", async () => {
    const { server, connect } = await start();
    const client = await connect();
    server.abort();
    expect(await client.closed).toBe(1013);
  });
});

describe("time", () => {
  it("ends a stream after half a minute without a text, but not while it speaks", async () => {
    const clock = new FakeClock();
    const { synthesizer, connect } = await start({ clock });
    const client = await connect();
    client.send({ type: "init" });
    await client.first("stream_created");
    const held = holdBack(synthesizer);
    client.send({ type: "text", text: "a long answer" });
    await held;
    // Pongs need real time, so the clock advances no more than one interval at a time.
    await clock.advance(19_000);
    client.send({ type: "ping" });
    await client.first("pong");
    await clock.advance(15_000);
    expect(client.messages.map(({ type }) => type)).not.toContain("cancelled");
    expect(synthesizer.running).toBe(1);
  });

  it("keeps the connection after an idle stream; the next text begins another", async () => {
    const clock = new FakeClock();
    const { connect } = await start({ clock });
    const client = await connect();
    client.send({ type: "init" });
    const { stream_id: id } = await client.first("stream_created");
    await clock.advance(19_000);
    client.send({ type: "ping" });
    await client.first("pong");
    await clock.advance(11_500);
    expect(await client.first("cancelled")).toMatchObject({ stream_id: id, reason: "idle" });
    client.received.length = 0;
    client.send({ type: "text", text: "hi" });
    await client.first("stream_created");
    expect(await client.first("segment_complete")).toMatchObject({ segment: 1, audio_ms: 200 });
  });
});
