import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { FliteSynthesizer } from "@parley/speech/flite/flite-synthesizer";
import { SteppedSynthesizer } from "@parley/speech/testing/stepped-synthesizer";
import { afterEach, describe, expect, it } from "vitest";
import {
  startSynthesisServer,
  type SynthesisServer,
  type SynthesisServerOptions,
} from "../../testing/synthesis-server";
import { SynthesizerClient as Client } from "../../testing/synthesizer-client";
import { spokenSamples } from "./spoken-samples";

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

describe("pace", () => {
  it("is a few seconds ahead of real time, so that a cancel recalls the rest", async () => {
    const clock = new FakeClock();
    const { connect } = await start({ clock });
    const client = await connect();
    client.send({ type: "text", text: "a".repeat(600) });
    await client.first("stream_created");
    const heardMs = async () => {
      client.send({ type: "ping" });
      await client.first("pong");
      client.received.splice(
        client.received.findIndex((item) => "type" in item),
        1,
      );
      return client.samples.length / 22.05;
    };
    await clock.advance(0);
    const first = await heardMs();
    expect(first).toBeGreaterThan(250);
    expect(first).toBeLessThan(450);
    await clock.advance(10_000);
    client.send({ type: "cancel" });
    const { total_audio_ms: totalMs } = await client.first("cancelled");
    expect(totalMs).toBeGreaterThan(12_000);
    expect(totalMs).toBeLessThan(13_200);
    client.send({ type: "text", text: "bb" });
    client.send({ type: "close" });
    expect(await client.first("done")).toMatchObject({ total_audio_ms: 200 });
  });

  it("takes no more of a client that does not read, which is cut off in the end", async () => {
    const clock = new FakeClock();
    const { synthesizer, connect } = await start({ clock });
    const client = await connect();
    client.send({ type: "init" });
    await client.first("stream_created");
    client.socket.pause();
    client.send({ type: "text", text: "a".repeat(10_000) });
    await expect.poll(() => synthesizer.pieces).toBeGreaterThan(5);
    await clock.advance(15_000);
    expect(synthesizer.pieces * 50).toBeLessThan(15_000 + 3_200);
    // Its pings stay without an answer.
    await clock.advance(30_000);
    await synthesizer.allEnded();
    expect(synthesizer.pieces * 50).toBeLessThan(45_000 + 3_200);
  });
});

describe("clients of the old protocol", () => {
  it("get sound for 22 kHz from every voice, and their usual names", async () => {
    const flite = await FliteSynthesizer.open();
    try {
      const server = await startSynthesisServer(flite);
      servers.push(server);
      const client = await Client.connect(server.webSocketUrl);
      client.send({ type: "init", voice: "aria", language: "en" });
      client.send({ type: "text", text: "Yes." });
      client.send({ type: "close" });
      const { total_audio_ms: totalMs } = await client.first("done");
      expect(await client.first("stream_created")).toMatchObject({
        voice: "slt",
        sample_rate: 22_050,
      });
      expect(client.samples.length / 22.05).toBeCloseTo(Number(totalMs), -1);
      const own = await spokenLength(flite, "Yes.");
      expect(Math.abs(Number(totalMs) - own)).toBeLessThan(30);
    } finally {
      await flite.close();
    }
  });

  it.each([
    ["john", "John"],
    ["ARIA", "Aria"],
    ["Sofía", "Sofia"],
    ["alloy", "Aria"],
    [2, "Aria"],
    ["nobody", "John"],
    ["", "John"],
  ])("speak as %j with %s", async (voice, name) => {
    const { connect } = await start();
    const client = await connect();
    client.send({ type: "init", voice });
    expect(await client.first("stream_created")).toMatchObject({ voice: name });
  });
});

/** Milliseconds of a text's sound at the voice's own rate. */
async function spokenLength(synthesizer: Synthesizer, text: string): Promise<number> {
  let samples = 0;
  const { signal } = new AbortController();
  for await (const piece of spokenSamples(synthesizer, { text, voice: "slt", signal })) {
    samples += piece.length;
  }
  return (samples * 1_000) / synthesizer.sampleRate;
}
