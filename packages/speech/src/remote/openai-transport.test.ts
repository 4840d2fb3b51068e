import type { ServerResponse } from "node:http";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { waveHead } from "@parley/audio/wave/write-wave";
import type { SynthesisPart } from "../contracts/synthesizer";
import { RemoteSynthesizer } from "./remote-synthesizer";
import type { RemoteSettings } from "./remote-settings";
import { startScriptedVoice } from "./testing/scripted-voice";

const never = new AbortController().signal;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Asked = { url: string | undefined; key: string | undefined; body: unknown };

/** A server without a description, and with scripted answers to requests for speech. */
async function open(
  answer: (response: ServerResponse) => void,
  settings: Partial<RemoteSettings> = {},
) {
  const asked: Asked[] = [];
  const voice = await startScriptedVoice({
    http: (request, response, body) => {
      if (request.method === "GET") {
        response.writeHead(404).end();
        return;
      }
      const key = request.headers.authorization;
      asked.push({ url: request.url, key, body: JSON.parse(body) });
      answer(response);
    },
  });
  const clock = new FakeClock();
  const usual = { apiKey: "secret", model: "tts-1", format: "pcm", voices: null, clock } as const;
  const url = new URL(`http://${voice.host}/v1`);
  const synthesizer = await RemoteSynthesizer.open({ url, ...usual, ...settings }, never);
  closers.push(
    () => synthesizer.close(),
    () => {
      voice.close();
    },
  );
  return { asked, host: voice.host, synthesizer, clock };
}

async function speak(synthesizer: RemoteSynthesizer, signal = never): Promise<SynthesisPart[]> {
  async function* clauses() {
    yield await Promise.resolve("It costs $5.");
  }
  const parts: SynthesisPart[] = [];
  for await (const part of synthesizer.speak({ clauses: clauses(), voice: "", signal })) {
    parts.push(part);
  }
  return parts;
}

function samplesOf(parts: readonly SynthesisPart[]): number[] {
  return parts.flatMap((part) => (part.type === "audio" ? [...part.samples] : []));
}

const samples = Int16Array.from({ length: 2_400 }, (_, index) => index);
const bytes = Buffer.from(samples.buffer);

describe("OpenAiTransport", () => {
  it("sends only OpenAI's own fields, and assumes its rate", async () => {
    const { asked, host, synthesizer } = await open((response) => response.end(bytes));
    expect(synthesizer).toMatchObject({ name: `tts-1 at ${host}`, sampleRate: 24_000 });
    expect(samplesOf(await speak(synthesizer))).toEqual([...samples]);
    const body = {
      model: "tts-1",
      input: "It costs five dollars.",
      voice: "alloy",
      response_format: "pcm",
    };
    expect(asked).toEqual([{ url: "/v1/audio/speech", key: "Bearer secret", body }]);
  });

  it("uses the configured voices", async () => {
    const voices = ["af_heart", "am_adam"];
    const { asked, synthesizer } = await open((response) => response.end(bytes), { voices });
    await speak(synthesizer);
    expect(synthesizer.voices).toEqual(voices);
    expect(asked[0]?.body).toMatchObject({ voice: "af_heart" });
  });

  it("yields sound before the answer is complete", async () => {
    let finish: () => void = () => undefined;
    const { synthesizer } = await open((response) => {
      response.write(bytes.subarray(0, 2_001));
      finish = () => response.end(bytes.subarray(2_001));
    });
    async function* clauses() {
      yield await Promise.resolve("Hello.");
    }
    let heard = 0;
    for await (const part of synthesizer.speak({ clauses: clauses(), voice: "", signal: never })) {
      if (part.type !== "audio") continue;
      heard += part.samples.length;
      finish();
    }
    expect(heard).toBe(samples.length);
  });

  it.each([
    [
      "a WAVE file",
      { format: "wav" } as const,
      waveHead({ sampleRate: 48_000, channels: 1, coding: "pcm16" }, null),
      {},
    ],
    ["PCM whose rate the answer tells", {}, Buffer.alloc(0), { "x-sample-rate": "48000" }],
  ])("converts the rate of %s", async (_what, settings, head, headers) => {
    const { synthesizer } = await open((response) => {
      response.writeHead(200, headers);
      response.end(Buffer.concat([head, bytes]));
    }, settings);
    const seconds = samplesOf(await speak(synthesizer)).length / 24_000;
    expect(seconds).toBeCloseTo(0.05 + 0.02, 2);
  });

  it.each([
    [401, {}, "agent-unavailable", /refused the key \(status 401\); see SYNTHESIZER_API_KEY/u],
    [429, { code: "too-many-requests" }, "too-many-requests", /status 429/u],
    [500, { code: "server_error" }, "agent-unavailable", /status 500/u],
  ])("tells status %i", async (status, words, code, reason) => {
    const { host, synthesizer } = await open((response) => {
      response.writeHead(status).end(JSON.stringify({ error: { message: "inner", ...words } }));
    });
    const last = (await speak(synthesizer)).at(-1);
    expect(last).toMatchObject({ type: "error", error: { code } });
    const message = last?.type === "error" ? last.error.message : "";
    expect(message).toMatch(reason);
    expect(message).toContain(host);
    expect(message).not.toContain("inner");
  });

  it.each([
    ["a page", { "content-type": "text/html" }],
    ["MP3", { "content-type": "audio/mpeg" }],
  ])("does not play %s as noise", async (_what, headers) => {
    const { synthesizer } = await open((response) => {
      response.writeHead(200, headers).end(bytes);
    });
    const parts = await speak(synthesizer);
    expect(parts.map(({ type }) => type)).toEqual(["clause-start", "error"]);
  });

  it("ends with an error after the sound when the answer breaks off", async () => {
    let breakOff: () => void = () => undefined;
    const { synthesizer } = await open((response) => {
      response.write(bytes);
      breakOff = () => response.destroy();
    });
    async function* clauses() {
      yield await Promise.resolve("Hello.");
    }
    const types = new Set<string>();
    for await (const part of synthesizer.speak({ clauses: clauses(), voice: "", signal: never })) {
      types.add(part.type);
      if (part.type === "audio") breakOff();
      if (part.type === "error") expect(part.error).toMatchObject({ code: "agent-unavailable" });
    }
    expect([...types]).toEqual(["clause-start", "audio", "error"]);
  });

  it("times out", async () => {
    let onAsked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      onAsked = resolve;
    });
    const { synthesizer, clock } = await open((response) => {
      response.writeHead(200).flushHeaders();
      onAsked();
    });
    const speaking = speak(synthesizer);
    await isAsked;
    await clock.advance(15_000);
    expect((await speaking).at(-1)).toMatchObject({ error: { code: "timeout" } });
  });

  it("ends the request when aborted", async () => {
    let onGone: () => void = () => undefined;
    const isGone = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    const controller = new AbortController();
    const { synthesizer } = await open((response) => {
      response.on("close", onGone);
      controller.abort();
    });
    expect(await speak(synthesizer, controller.signal)).toEqual([
      { type: "clause-start", text: "It costs $5." },
    ]);
    await isGone;
  });
});
