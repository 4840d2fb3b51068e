import { readWave } from "@parley/audio/wave/read-wave";
import { SteppedSynthesizer } from "@parley/speech/testing/stepped-synthesizer";
import { afterEach, describe, expect, it } from "vitest";
import { startSynthesisServer } from "../../testing/synthesis-server";
import type { SynthesisServer, SynthesisServerOptions } from "../../testing/synthesis-server";

const servers: SynthesisServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options?: SynthesisServerOptions) {
  const synthesizer = new SteppedSynthesizer();
  const server = await startSynthesisServer(synthesizer, options);
  servers.push(server);
  const post = (body: unknown, signal?: AbortSignal) =>
    fetch(`${server.url}/v1/audio/speech`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer whatever" },
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  return { synthesizer, server, post };
}

const openAi = { model: "tts-1", voice: "aria", instructions: "cheerful", response_format: "pcm" };

describe("POST /v1/audio/speech", () => {
  it("answers OpenAI's clients", async () => {
    const { synthesizer, post } = await start();
    const response = await post({ ...openAi, input: "abc" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("audio/pcm");
    expect(response.headers.get("x-sample-rate")).toBe("24000");
    const samples = (await response.arrayBuffer()).byteLength / 2;
    expect(samples / 24_000).toBeCloseTo(0.3, 1);
    expect(synthesizer.clauses[0]?.request.voice).toBe("Aria");
  });

  it("sends pcm at 24,000 Hz, or at the rate that is asked for", async () => {
    const { post } = await start();
    const own = await post({ ...openAi, input: "abc", sample_rate: 22_050 });
    expect(own.headers.get("x-sample-rate")).toBe("22050");
    expect((await own.arrayBuffer()).byteLength).toBe(3 * 2_205 * 2);
    const wave = await post({ ...openAi, input: "abc", response_format: "wav" });
    expect(readWave(new Uint8Array(await wave.arrayBuffer())).sampleRate).toBe(22_050);
  });

  it.each([
    ["alloy", "Aria"],
    ["Verse", "John"],
    ["Sofía", "Sofia"],
    [{ id: "MARIN" }, "Aria"],
    [2, "Aria"],
    ["nobody", "John"],
    [undefined, "John"],
  ])("takes the voice %j for %s", async (voice, name) => {
    const { synthesizer, post } = await start();
    expect((await post({ ...openAi, input: "a", voice })).status).toBe(200);
    expect(synthesizer.clauses[0]?.request.voice).toBe(name);
  });

  it("refuses a voice that means nothing to whoever is strict, in body or address", async () => {
    const { server, post } = await start();
    for (const strict of [true, "true", "1"]) {
      const response = await post({ ...openAi, input: "a", voice: "nobody", strict });
      expect(response.status).toBe(400);
    }
    expect((await post({ ...openAi, input: "a", voice: "alloy", strict: true })).status).toBe(200);
    expect((await post({ ...openAi, input: "a", voice: "x", strict: "false" })).status).toBe(200);
    const asked = await fetch(`${server.url}/v1/audio/speech?strict=true`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...openAi, input: "a", voice: "nobody" }),
    });
    expect(asked.status).toBe(400);
  });

  it.each(["🙂 ", "  \n"])("answers %j with a short silence", async (input) => {
    const { post } = await start();
    const response = await post({ ...openAi, input, response_format: "wav" });
    expect(response.status).toBe(200);
    const { samples, sampleRate } = readWave(new Uint8Array(await response.arrayBuffer()));
    expect(samples.length / sampleRate).toBeCloseTo(0.2, 2);
    expect(samples.every((sample) => sample === 0)).toBe(true);
    const events = await (await post({ ...openAi, input, stream_format: "sse" })).text();
    expect(events).toContain("speech.audio.delta");
    expect(events).toContain("speech.audio.done");
  });

  it("sends a WAVE file at the requested rate", async () => {
    const { post } = await start();
    const requested = {
      input: "abcd",
      response_format: "wav",
      sample_rate: 16_000,
      voice: { id: "0" },
    };
    const response = await post({ ...openAi, ...requested });
    expect(response.headers.get("content-type")).toBe("audio/wav");
    const wave = readWave(new Uint8Array(await response.arrayBuffer()));
    expect(wave.sampleRate).toBe(16_000);
    expect(wave.samples.length / 16_000).toBeCloseTo(0.4, 1);
  });

  it("speaks at the speed that is asked for", async () => {
    const { post } = await start();
    const lengthAt = async (speed: number) => {
      const response = await post({ ...openAi, input: "abcdef", speed });
      return (await response.arrayBuffer()).byteLength;
    };
    expect((await lengthAt(1)) / (await lengthAt(2))).toBeCloseTo(2, 1);
  });

  it("takes numbers as texts, and empty fields for none", async () => {
    const { post } = await start();
    const fields = {
      speed: "1.0",
      seed: "7",
      sample_rate: "16000",
      language: "",
      stream_format: "",
    };
    const wave = await post({ ...openAi, ...fields, response_format: "wav", input: "abcd" });
    expect(readWave(new Uint8Array(await wave.arrayBuffer())).sampleRate).toBe(16_000);
    const mp3 = await post({ ...fields, response_format: "", input: "abcd" });
    expect(mp3.headers.get("content-type")).toBe("audio/mpeg");
    const refused = await post({ ...openAi, speed: "fast", input: "abcd" });
    expect(refused.status).toBe(400);
  });

  it("sends MP3 when no format is requested", async () => {
    const { post } = await start();
    const response = await post({ input: "abcd" });
    expect(response.headers.get("content-type")).toBe("audio/mpeg");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.readUInt16BE(0) >> 5).toBe(0x7ff);
  });

  it("sends the first sound before the last is synthesised", async () => {
    const { synthesizer, post } = await start();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    synthesizer.gate = () => (synthesizer.pieces < 4 ? Promise.resolve() : released);
    const response = await post({ ...openAi, input: "abcdef" });
    const reader = response.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    expect(synthesizer.pieces).toBe(4);
    release();
    while (!(await reader.read()).done);
    expect(synthesizer.pieces).toBe(12);
  });

  it("sends server-sent events on request", async () => {
    const { post } = await start();
    const rate = { sample_rate: 22_050 };
    const response = await post({ ...openAi, ...rate, input: "ab", stream_format: "sse" });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/u);
    const events = (await response.text())
      .trimEnd()
      .split("\n\n")
      .map((line) => JSON.parse(line.replace(/^data: /u, "")) as Record<string, string>);
    const sound = events.slice(0, -1).map(({ audio = "" }) => Buffer.from(audio, "base64").length);
    expect(sound.reduce((sum, length) => sum + length)).toBe(2 * 2_205 * 2);
    expect(events.at(-1)).toMatchObject({ type: "speech.audio.done", usage: { total_tokens: 0 } });
  });

  it("frees the synthesiser when the client disconnects", async () => {
    const { synthesizer, post } = await start({ maxClients: 1 });
    const leaving = new AbortController();
    let isHeld: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    synthesizer.gate = ({ signal }) => {
      if (synthesizer.pieces < 2) return Promise.resolve();
      isHeld();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
    };
    await post({ ...openAi, input: "abc" }, leaving.signal);
    await held;
    const refused = await post({ ...openAi, input: "abc" });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("5");
    leaving.abort();
    await synthesizer.allEnded();
    expect(synthesizer.pieces).toBe(2);
    synthesizer.gate = () => Promise.resolve();
    expect((await post({ ...openAi, input: "abc" })).status).toBe(200);
  });

  it.each([
    ["nothing to say", { input: "" }, /^input/u],
    ["too much", { input: "a".repeat(20_481) }, /^input/u],
    ["no voice of ours", { voice: "nobody", strict: true }, /John, Sofia, Aria/u],
    ["no language of ours", { language: "tlh" }, /en, zh/u],
    ["no format of ours", { response_format: "midi" }, /^response_format/u],
    ["a format that needs ffmpeg", { response_format: "flac" }, /ffmpeg/u],
    ["a speed out of bounds", { speed: 9 }, /^speed/u],
  ])("refuses %s as OpenAI would", async (_what, requested, reason) => {
    const { post } = await start();
    const response = await post({ ...openAi, input: "a", ...requested });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(reason) as string,
        type: "invalid_request_error",
        param: null,
        code: "invalid-request",
      },
    });
  });

  it("reports an early failure by the status, and a later one in the stream", async () => {
    const { post } = await start();
    const atOnce = await post({ ...openAi, input: "!" });
    expect(atOnce.status).toBe(500);
    expect(await atOnce.text()).not.toContain("engine broke");
    const later = await post({ ...openAi, input: "a!" });
    await expect(later.arrayBuffer()).rejects.toThrow();
    const events = await (await post({ ...openAi, input: "a!", stream_format: "sse" })).text();
    expect(events.trimEnd().split("\n\n").at(-1)).toContain('"type":"server_error"');
  });

  it("refuses with a retryable error while the voice loads", async () => {
    const server = await startSynthesisServer(null);
    servers.push(server);
    for (const path of ["speech", "config"]) {
      const method = path === "speech" ? "POST" : "GET";
      const response = await fetch(`${server.url}/v1/audio/${path}`, { method });
      expect(response.status).toBe(503);
    }
  });
});

describe("GET /v1/audio/config", () => {
  it("lists what can be requested", async () => {
    const { server } = await start({ hasFfmpeg: true });
    const response = await fetch(`${server.url}/v1/audio/config`);
    expect(await response.json()).toMatchObject({
      sample_rate: 22_050,
      voices: ["John", "Sofia", "Aria"],
      default_voice: "John",
      languages: ["en", "zh"],
      formats: ["wav", "pcm", "opus", "mp3", "flac", "aac"],
      default_format: "mp3",
    });
  });
});

describe("GET /v1/audio/voices", () => {
  it("lists the voices, and who speaks for other names", async () => {
    const { server } = await start();
    const response = await fetch(`${server.url}/v1/audio/voices`);
    const body = (await response.json()) as { aliases: Record<string, string> };
    expect(body).toMatchObject({
      voices: [
        { id: "John", name: "John" },
        { id: "Sofia", name: "Sofia" },
        { id: "Aria", name: "Aria" },
      ],
      aliases: { alloy: "Aria", verse: "John" },
    });
    expect(Object.keys(body.aliases)).not.toContain("aria");
  });
});
