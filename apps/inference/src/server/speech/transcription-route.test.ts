import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Recognizer } from "../../contracts/recognizer";
import { openSpeechEngines, type SpeechEngines } from "../../engine/speech-engines";
import { findModelsDirectory } from "../../runtime/models-directory";
import { readWave, writeWave } from "../../runtime/wave-file";
import { SampleRateConverter } from "./sample-rate-converter";
import { transcriptionRoute } from "./transcription-route";

const file = readFileSync(new URL("../../asr/fixtures/audio/time_slt.wav", import.meta.url));
const words = "what time is it";
const { samples } = readWave(file);

let engines: SpeechEngines;
beforeAll(async () => {
  const { signal } = new AbortController();
  engines = await openSpeechEngines({ modelsDirectory: findModelsDirectory(), signal });
});
afterAll(async () => {
  await engines.close();
});

const servers: FastifyInstance[] = [];
afterEach(async () => {
  for (const http of servers.splice(0)) await http.close();
});

async function start(recognizer: Recognizer | null = engines.recognizer, maxFileBytes?: number) {
  const http = Fastify();
  servers.push(http);
  const log = { info: () => undefined, warn: () => undefined };
  const route = transcriptionRoute({
    recognizer: () => recognizer,
    maxTranscriptions: 2,
    log,
    signal: new AbortController().signal,
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  });
  await http.register(route);
  return `${await http.listen({ host: "127.0.0.1", port: 0 })}/v1/audio/transcriptions`;
}

type Fields = Record<string, string>;

/** The file stands first, as OpenAI's clients have it, unless `before` names fields. */
function form(bytes: Uint8Array | null, after: Fields = {}, before: Fields = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(before)) data.append(name, value);
  if (bytes !== null) data.append("file", new Blob([Uint8Array.from(bytes)]), "speech.wav");
  for (const [name, value] of Object.entries({ model: "whisper-1", ...after })) {
    data.append(name, value);
  }
  return data;
}

function post(url: string, body: FormData | string): Promise<Response> {
  return fetch(url, { method: "POST", body });
}

async function failure(url: string, body: FormData | string) {
  const response = await post(url, body);
  const { error } = (await response.json()) as { error: { message: string; code: string } };
  return { status: response.status, ...error };
}

async function atRate(sampleRate: number): Promise<Uint8Array> {
  const converter = await SampleRateConverter.open(16_000, sampleRate);
  const converted = converter.process(samples);
  converter.close();
  return writeWave({ sampleRate, samples: converted });
}

/** The words on one side, silence on the other. */
function stereo(): Uint8Array {
  const sides = new Int16Array(2 * samples.length);
  for (const [index, sample] of samples.entries()) sides[2 * index + 1] = sample;
  const bytes = writeWave({ sampleRate: 16_000, samples: sides });
  const view = new DataView(bytes.buffer);
  view.setUint16(22, 2, true);
  view.setUint32(28, 64_000, true);
  view.setUint16(32, 4, true);
  return bytes;
}

function withHeader(at: number, value: number): Uint8Array {
  const bytes = Uint8Array.from(file);
  new DataView(bytes.buffer).setUint32(at, value, true);
  return bytes;
}

function events(text: string): unknown[] {
  const lines = text.split("\n\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line.slice("data: ".length)) as unknown);
}

describe("POST /v1/audio/transcriptions", () => {
  it("answers in each format", async () => {
    const url = await start();
    const json = await post(url, form(file));
    expect(json.headers.get("content-type")).toContain("application/json");
    expect(await json.json()).toEqual({ text: words });
    const text = await post(url, form(file, { response_format: "text" }));
    expect(text.headers.get("content-type")).toContain("text/plain");
    expect(await text.text()).toBe(`${words}\n`);
    const verbose = await post(url, form(file, { response_format: "verbose_json" }));
    const duration: unknown = expect.closeTo(samples.length / 16_000, 6);
    expect(await verbose.json()).toEqual({
      task: "transcribe",
      language: "en",
      duration,
      text: words,
    });
  });

  it("streams, whether the form says so before the file or after it", async () => {
    const url = await start();
    for (const body of [form(file, { stream: "true" }), form(file, {}, { stream: "True" })]) {
      const response = await post(url, body);
      expect(response.headers.get("content-type")).toContain("text/event-stream");
      const told = events(await response.text()) as { type: string; delta?: string }[];
      expect(told.at(-1)).toEqual({ type: "transcript.text.done", text: words });
      const deltas = told.slice(0, -1);
      expect(deltas.every(({ type }) => type === "transcript.text.delta")).toBe(true);
      expect(deltas.map(({ delta }) => delta).join("")).toBe(words);
    }
  });

  it("takes every rate, and two channels", async () => {
    const url = await start();
    for (const sampleRate of [22_050, 44_100, 48_000]) {
      const response = await post(url, form(await atRate(sampleRate)));
      expect([sampleRate, await response.json()]).toEqual([sampleRate, { text: words }]);
    }
    // Half the band is missing, and the built-in recogniser was not made for that.
    for (const sampleRate of [8_000, 11_025]) {
      const response = await post(url, form(await atRate(sampleRate), { response_format: "text" }));
      expect(await response.text()).toMatch(/^what time/);
    }
    expect(await (await post(url, form(stereo()))).json()).toEqual({ text: words });
  });

  it("takes a file whose writer did not know its size", async () => {
    const url = await start();
    for (const size of [0, 0xff_ff_ff_ff]) {
      expect(await (await post(url, form(withHeader(40, size)))).json()).toEqual({ text: words });
    }
  });

  it("says what is wrong with a file", async () => {
    const url = await start();
    const cases: [Uint8Array, RegExp][] = [
      [file.subarray(0, 20_000), /ends after 19956 of 38080 bytes/],
      [file.subarray(0, 30), /ends before its sound/],
      [new Uint8Array(0), /ends before its sound/],
      [new TextEncoder().encode("ID3 is no WAVE file"), /begins with "ID3 /],
      [new Uint8Array(20_000_000), /begins with/],
      [withHeader(24, 96_000), /96000 Hz/],
      [withHeader(20, 0x3_00_01), /3 channels/],
      [withHeader(20, 0x1_00_03), /encoding 3/],
      [withHeader(16, 5_000), /format of 5000 bytes/],
    ];
    for (const [bytes, message] of cases) {
      const answer = await failure(url, form(bytes));
      expect(answer).toMatchObject({ status: 400, code: "audio-unsupported" });
      expect(answer.message).toMatch(message);
    }
    expect(await (await post(url, form(file))).json()).toEqual({ text: words });
  });

  it("says what is wrong with a form", async () => {
    const url = await start();
    const twice = form(file);
    twice.append("file", new Blob([file]), "again.wav");
    const other = form(null);
    other.append("sound", new Blob([file]), "speech.wav");
    const cases: [FormData | string, RegExp][] = [
      [form(null), /there is none/],
      [twice, /more than one/],
      [other, /"sound" instead/],
      ["{}", /content-type: "text\/plain/],
      [form(file, { response_format: "srt" }), /response_format: "srt"; wanted: json/],
      [form(file, {}, { stream: "perhaps" }), /stream: "perhaps"/],
      [form(file, { language: "de" }), /language: "de"/],
    ];
    for (const [body, message] of cases) {
      const answer = await failure(url, body);
      expect(answer).toMatchObject({
        status: 400,
        code: "invalid-request",
        type: "invalid_request_error",
      });
      expect(answer.message).toMatch(message);
    }
  });

  it("says that a form is broken", async () => {
    const url = await start();
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
    for (const [type, body] of [
      ["multipart/form-data", "nothing"],
      ["multipart/form-data; boundary=x", "nothing"],
      ["multipart/form-data; boundary=x", part],
      ["multipart/form-data; boundary=x", part + file.toString("latin1", 0, 20_000)],
    ] as const) {
      const headers = { "content-type": type };
      const response = await fetch(url, { method: "POST", headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
  });

  it("refuses what is too long, announced or not", async () => {
    const url = await start(engines.recognizer, 30_000);
    expect(await failure(url, form(file))).toMatchObject({ status: 413, code: "frame-too-large" });
    const huge = await failure(url, form(new Uint8Array(1_100_000)));
    expect(huge.status).toBe(413);
  });

  it("asks to come back while the model loads", async () => {
    const url = await start(null);
    const answer = await failure(url, form(file));
    expect(answer).toMatchObject({ status: 503, code: "agent-unavailable", type: "server_error" });
  });

  it("stops when the client goes away", async () => {
    const [closed, writing] = [new AbortController(), new AbortController()];
    const never = new Promise<never>((_resolve, reject) => {
      closed.signal.addEventListener("abort", reject);
    });
    const stuck: Recognizer = {
      name: "stuck",
      close: () => Promise.resolve(),
      open: () =>
        Promise.resolve({
          write: () => {
            writing.abort();
            return never;
          },
          peekFinal: () => never,
          finish: () => never,
          reset: () => Promise.resolve(),
          close: () => {
            closed.abort();
          },
        }),
    };
    const url = await start(stuck);
    const body = new Response(form(file));
    const headers = { "content-type": body.headers.get("content-type") ?? "" };
    const asked = httpRequest(url, { method: "POST", headers });
    asked.on("error", () => undefined);
    asked.end(Buffer.from(await body.arrayBuffer()));
    await once(writing.signal, "abort");
    asked.destroy();
    if (!closed.signal.aborted) await once(closed.signal, "abort");
  });
});
