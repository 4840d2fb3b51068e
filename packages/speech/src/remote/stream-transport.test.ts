import { once } from "node:events";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import type { SynthesisPart } from "../contracts/synthesizer";
import { RemoteSynthesizer } from "./remote-synthesizer";
import {
  type ScriptedVoice,
  speakLikeTheBot,
  startScriptedVoice,
  type VoiceScript,
} from "./testing/scripted-voice";

const never = new AbortController().signal;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(script: VoiceScript, clock = new FakeClock()) {
  const voice = await startScriptedVoice({ onMessage: speakLikeTheBot, ...script });
  const url = new URL(`ws://${voice.host}`);
  const settings = { apiKey: "secret", model: "", format: "pcm", voices: null } as const;
  const synthesizer = await RemoteSynthesizer.open({ url, ...settings, clock }, never);
  closers.push(
    () => synthesizer.close(),
    () => {
      voice.close();
    },
  );
  return { voice, synthesizer, clock };
}

async function speak(
  synthesizer: RemoteSynthesizer,
  ...clauses: string[]
): Promise<SynthesisPart[]> {
  const parts: SynthesisPart[] = [];
  for await (const part of synthesizer.speak(saying(clauses))) parts.push(part);
  return parts;
}

function saying(clauses: readonly string[], signal = never) {
  async function* source() {
    for (const clause of clauses) yield await Promise.resolve(clause);
  }
  return { clauses: source(), voice: "", signal };
}

function samplesOf(parts: readonly SynthesisPart[]): number[] {
  return parts.flatMap((part) => (part.type === "audio" ? [...part.samples] : []));
}

const typesOf = (voice: ScriptedVoice, connection: number) =>
  voice.connections[connection]?.said.map(({ type }) => type);

async function closed(voice: ScriptedVoice, connection: number): Promise<void> {
  const socket = voice.connections[connection]?.socket;
  if (socket !== undefined && socket.readyState !== socket.CLOSED) await once(socket, "close");
}

/** Resolves when the client has processed the messages sent after this reply. */
async function freed(voice: ScriptedVoice, replies: number): Promise<void> {
  const connection = voice.connections[0];
  const closes = () => connection?.said.filter(({ type }) => type === "close").length ?? 0;
  while (closes() < replies) await turn();
  connection?.socket.ping();
  if (connection !== undefined) await once(connection.socket, "pong");
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("StreamTransport", () => {
  it("uses one connection for successive texts and replies", async () => {
    const { voice, synthesizer } = await open({});
    expect(synthesizer).toMatchObject({ name: `Magpie at ${voice.host}`, sampleRate: 22_000 });
    expect(samplesOf(await speak(synthesizer, "One.", "🎉", "Three."))).toEqual([
      ...Array<number>(4).fill(4),
      ...Array<number>(6).fill(6),
    ]);
    await freed(voice, 1);
    expect(samplesOf(await speak(synthesizer, "Next."))).toHaveLength(5);
    await freed(voice, 2);
    const reply = ["init", "text", "text", "close"];
    expect(typesOf(voice, 0)).toEqual([...reply, "init", "text", "close"]);
    expect(voice.connections).toHaveLength(1);
    expect(voice.connections[0]).toMatchObject({ key: "Bearer secret" });
    expect(voice.connections[0]?.said[0]).toMatchObject({ voice: "aria", language: "en" });
  });

  it("sends a cancel and disconnects when aborted within a clause", async () => {
    const { voice, synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type === "init") speakLikeTheBot(said, socket);
        if (said.type === "text") socket.send(Buffer.alloc(8));
      },
    });
    const controller = new AbortController();
    const parts: string[] = [];
    for await (const { type } of synthesizer.speak(saying(["Long."], controller.signal))) {
      parts.push(type);
      if (type === "audio") controller.abort();
    }
    await closed(voice, 0);
    expect(parts).toEqual(["clause-start", "audio"]);
    expect(typesOf(voice, 0)).toEqual(["init", "text", "cancel"]);
  });

  it("reconnects when the connection died between two replies", async () => {
    const { voice, synthesizer } = await open({});
    await speak(synthesizer, "One.");
    await freed(voice, 1);
    voice.connections[0]?.socket.terminate();
    expect(samplesOf(await speak(synthesizer, "Two."))).toHaveLength(4);
    expect(voice.connections).toHaveLength(2);
  });

  it("continues in a new stream when the server ended an idle one", async () => {
    let texts = 0;
    const { synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type === "text" && texts++ === 1) {
          socket.send('{"type":"cancelled","stream_id":"1","reason":"idle"}');
          socket.send('{"type":"stream_created","stream_id":"2"}');
        }
        speakLikeTheBot(said, socket);
      },
    });
    expect(samplesOf(await speak(synthesizer, "One.", "Two."))).toHaveLength(8);
  });

  it("converts sound whose rate differs from the description", async () => {
    const { synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type !== "init") speakLikeTheBot(said, socket);
        else socket.send('{"type":"stream_created","sample_rate":44000}');
      },
    });
    const text = "word ".repeat(440).trim();
    const samples = samplesOf(await speak(synthesizer, text));
    expect(samples.length / 22_000).toBeCloseTo(0.05 + 0.02, 2);
  });

  it.each([
    [{ type: "error", message: "no such voice", code: "invalid-request" }, "invalid-request"],
    [{ type: "error", message: "out of memory", fatal: true }, "agent-unavailable"],
    [{ type: "done", total_audio_ms: 0 }, "agent-unavailable"],
    [{ type: "cancelled", reason: "init" }, "agent-unavailable"],
  ])("tells a reply that fails midway: %o", async (notice, code) => {
    const { voice, synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type === "init") speakLikeTheBot(said, socket);
        if (said.type !== "text") return;
        socket.send(Buffer.alloc(8));
        socket.send(JSON.stringify(notice));
      },
    });
    const parts = await speak(synthesizer, "One.", "Two.");
    expect(parts.map(({ type }) => type)).toEqual(["clause-start", "audio", "error"]);
    const message = expect.stringContaining(voice.host) as string;
    expect(parts.at(-1)).toMatchObject({ error: { code, message } });
    await closed(voice, 0);
  });

  it("ends with an error after the sound when the connection breaks", async () => {
    const { synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type === "init") speakLikeTheBot(said, socket);
        if (said.type !== "text") return;
        socket.send(Buffer.alloc(8));
        socket.close(1013, "shutting down");
      },
    });
    const parts = await speak(synthesizer, "One.");
    expect(samplesOf(parts)).toHaveLength(4);
    expect(parts.at(-1)).toMatchObject({
      error: { code: "agent-unavailable", message: expect.stringContaining("1013") as string },
    });
  });

  it("times out", async () => {
    let onText: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      onText = resolve;
    });
    const { synthesizer, clock } = await open({
      onMessage: (said, socket) => {
        if (said.type === "init") speakLikeTheBot(said, socket);
        if (said.type === "text") onText();
      },
    });
    const speaking = speak(synthesizer, "One.");
    await asked;
    await clock.advance(15_000);
    expect((await speaking).at(-1)).toMatchObject({ error: { code: "timeout" } });
  });

  it("pauses reading above its limit, and loses nothing", async () => {
    const pieces = 400;
    let unsent: () => number = () => 0;
    const { synthesizer } = await open({
      onMessage: (said, socket) => {
        if (said.type !== "text") {
          speakLikeTheBot(said, socket);
          return;
        }
        for (let piece = 0; piece < pieces; piece++) socket.send(Buffer.alloc(64 * 1_024));
        socket.send('{"type":"segment_complete"}');
        unsent = () => socket.bufferedAmount;
      },
    });
    let heard = 0;
    for await (const part of synthesizer.speak(saying(["Long."]))) {
      if (part.type !== "audio") continue;
      if (heard === 0) {
        for (let turns = 0; turns < 1_000; turns++) await turn();
        expect(unsent()).toBeGreaterThan(0);
      }
      heard += part.samples.length;
    }
    expect(heard).toBe(pieces * 32 * 1_024);
  });
});
