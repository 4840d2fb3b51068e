import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { AppError } from "@parley/shared/errors";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import type { Recognizer, RecognizerStreamOptions } from "@parley/speech/contracts/recognizer";
import { writeWave } from "@parley/audio/wave/write-wave";
import {
  scriptedRecognizer,
  scriptedRecognizerStream,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { countStreams, spokenWords } from "../../testing/recognition-server";
import { transcriptionRoute } from "./transcription-route";

const code = new WordCode();
const words = "what time is it";
const samples = spokenWords(code, words);
const file = writeWave({ sampleRate: 16_000, samples });

const servers: FastifyInstance[] = [];
afterEach(async () => {
  for (const http of servers.splice(0)) await http.close();
});

async function start(recognizer: Recognizer | null = wordRecognizer(code), maxFileBytes?: number) {
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

/** A form whose file comes first, as OpenAI's clients write it, unless `before` names fields. */
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
    const subRip = await post(url, form(file, { response_format: "srt" }));
    expect(await subRip.text()).toBe(`1\n00:00:00,000 --> 00:00:00,800\n${words}\n`);
    const webVtt = await post(url, form(file, {}, { response_format: "vtt" }));
    expect(webVtt.headers.get("content-type")).toContain("text/vtt");
    expect(await webVtt.text()).toBe(`WEBVTT\n\n00:00:00.000 --> 00:00:00.800\n${words}\n`);
  });

  it("gives the times of segments, unless asked for those of words", async () => {
    const url = await start();
    const verbose = async (...granularities: string[]) => {
      const body = form(file, { response_format: "verbose_json", temperature: "0" });
      for (const name of granularities) body.append("timestamp_granularities[]", name);
      return (await (await post(url, body)).json()) as Record<string, unknown>;
    };
    const head = { task: "transcribe", language: "english", duration: 0.8, text: words };
    const usage = { type: "duration", seconds: 1 };
    const segment = { id: 0, seek: 0, start: 0, end: 0.8, text: words, tokens: [] };
    const segments = [expect.objectContaining(segment)];
    const times = words.split(" ").map((word, index) => ({
      word,
      start: index / 5,
      end: expect.closeTo((index + 1) / 5, 6) as number,
    }));
    expect(await verbose()).toEqual({ ...head, segments, usage });
    expect(await verbose("segment")).toEqual({ ...head, segments, usage });
    expect(await verbose("word")).toEqual({ ...head, words: times, usage });
    expect(await verbose("word", "segment")).toEqual({ ...head, words: times, segments, usage });
  });

  it("passes the prompt's phrases and the language to the recogniser, before or after the file", async () => {
    const asked: (RecognizerStreamOptions | undefined)[] = [];
    const recognizer = wordRecognizer(code);
    const open: Recognizer["open"] = (options) => {
      asked.push(options);
      return recognizer.open();
    };
    const url = await start({ ...recognizer, open });
    const fields = {
      prompt: `Ada Lovelace, Parley\n\nAda  Lovelace,${"x".repeat(61)}`,
      language: "de",
    };
    await post(url, form(file, fields));
    await post(url, form(file, {}, { ...fields, stream: "true" }));
    await post(url, form(file));
    const options = { phrases: ["Ada Lovelace", "Parley"], language: "de", isOffline: true };
    expect(asked).toEqual([options, options, { phrases: [], isOffline: true }]);
  });

  it("streams, whether the field comes before the file or after it", async () => {
    const url = await start();
    for (const body of [form(file, { stream: "true" }), form(file, {}, { stream: "True" })]) {
      const response = await post(url, body);
      expect(response.headers.get("content-type")).toContain("text/event-stream");
      const received = events(await response.text()) as { type: string; delta?: string }[];
      expect(received.at(-1)).toEqual({ type: "transcript.text.done", text: words });
      const deltas = received.slice(0, -1);
      expect(deltas.every(({ type }) => type === "transcript.text.delta")).toBe(true);
      expect(deltas.map(({ delta }) => delta).join("")).toBe(words);
    }
  });

  it("accepts a WAVE file of unknown size", async () => {
    const url = await start();
    for (const size of [0, 0xff_ff_ff_ff]) {
      expect(await (await post(url, form(withHeader(40, size)))).json()).toEqual({ text: words });
    }
  });

  it("hears what is there of a file that was cut short, with a warning", async () => {
    const url = await start();
    const cut = file.subarray(0, 20_000);
    const warning = "file: it ends after 19956 of 25600 bytes of sound; what is there was heard";
    const whole = await post(url, form(cut));
    expect(whole.headers.get("x-parley-warning")).toBe(warning);
    expect(await whole.json()).toEqual({ text: "what time is" });
    const streamed = await post(url, form(cut, {}, { stream: "1" }));
    expect(events(await streamed.text()).at(-1)).toEqual({
      type: "transcript.text.done",
      text: "what time is",
      warnings: [warning],
    });
    expect((await post(url, form(file))).headers.has("x-parley-warning")).toBe(false);
  });

  it("hears telephone sound without a header, by its media type or its name", async () => {
    const url = await start();
    for (const [type, name] of [
      ["audio/PCMU", "blob"],
      ["application/octet-stream", "call.alaw"],
    ] as const) {
      const body = new FormData();
      body.append("file", new Blob([new Uint8Array(8_000).fill(0x2a)], { type }), name);
      body.append("response_format", "verbose_json");
      expect(await (await post(url, body)).json()).toMatchObject({ duration: 1 });
    }
  });

  it("takes lists in PHP's way, and empty fields for none", async () => {
    const url = await start();
    const fields = { response_format: "verbose_json", "timestamp_granularities[0]": "word" };
    const times = (await (await post(url, form(file, fields))).json()) as { words: unknown[] };
    expect(times.words).toHaveLength(4);
    const empty = {
      response_format: "",
      stream: "",
      language: "",
      "timestamp_granularities[]": "",
    };
    expect(await (await post(url, form(file, empty))).json()).toEqual({ text: words });
  });

  it("names the fault of a file", async () => {
    const url = await start();
    const cases: [Uint8Array, RegExp][] = [
      [file.subarray(0, 44), /ends after 0 of 25600 bytes/],
      [file.subarray(0, 30), /ends before its sound/],
      [new Uint8Array(0), /is empty/],
      [withHeader(24, 200_000), /200000 Hz/],
      // By ffmpeg, or for the want of it.
      [new TextEncoder().encode("ID3 is no WAVE file"), /ffmpeg/],
      [new Uint8Array(20_000_000), /ffmpeg/],
    ];
    for (const [bytes, message] of cases) {
      const answer = await failure(url, form(bytes));
      expect(answer).toMatchObject({ status: 400, code: "audio-unsupported" });
      expect(answer.message).toMatch(message);
    }
    expect(await (await post(url, form(file))).json()).toEqual({ text: words });
  });

  it("names the fault of a form", async () => {
    const url = await start();
    const twice = form(file);
    twice.append("file", new Blob([Uint8Array.from(file)]), "again.wav");
    const other = form(null);
    other.append("sound", new Blob([Uint8Array.from(file)]), "speech.wav");
    const cases: [FormData | string, RegExp][] = [
      [form(null), /missing in the form/],
      [twice, /more than one/],
      [other, /"sound" instead/],
      ["{}", /content-type: "text\/plain/],
      [form(file, { response_format: "csv" }), /response_format: "csv"; wanted: json/],
      [form(file, {}, { stream: "perhaps" }), /stream: "perhaps"/],
      [form(file, { language: "de/" }), /language: "de\/"/],
      [form(file, { "timestamp_granularities[]": "line" }), /timestamp_granularities: "line"/],
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

  it("refuses a malformed form", async () => {
    const url = await start();
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
    for (const [type, body] of [
      ["multipart/form-data", "nothing"],
      ["multipart/form-data; boundary=x", "nothing"],
      ["multipart/form-data; boundary=x", part],
      ["multipart/form-data; boundary=x", part + Buffer.from(file).toString("latin1", 0, 20_000)],
      ["multipart/form-data; boundary=x", `${part.replace('name="file"; file', "")}a\r\n--x--\r\n`],
      [
        "multipart/form-data; boundary=x",
        "--x\r\ncontent-disposition: form-data\r\n\r\na\r\n--x--\r\n",
      ],
    ] as const) {
      const headers = { "content-type": type };
      const response = await fetch(url, { method: "POST", headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
  });

  it("refuses a form that is too long, with or without its length in the header", async () => {
    const url = await start(wordRecognizer(code), 20_000);
    expect(await failure(url, form(file))).toMatchObject({ status: 413, code: "frame-too-large" });
    const huge = await failure(url, form(new Uint8Array(1_100_000)));
    expect(huge.status).toBe(413);
  });

  it("refuses with a retryable error while the model loads", async () => {
    const url = await start(null);
    const answer = await failure(url, form(file));
    expect(answer).toMatchObject({ status: 503, code: "agent-unavailable", type: "server_error" });
  });

  it("refuses with a retryable error when the device could not keep up", async () => {
    const message = "8 streams are open; one more could not be heard in time";
    const open = () => Promise.reject(new AppError("at-capacity", message, { isRetryable: true }));
    const url = await start(scriptedRecognizer({ open }));
    const response = await post(url, form(file));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.json()).toEqual({
      error: { message, type: "server_error", param: null, code: "at-capacity" },
    });
  });

  it("frees the place of a client that disconnects during its upload", async () => {
    const { counted, open, allClosed } = countStreams(wordRecognizer(code));
    const url = await start(counted);
    // All places are taken: the next client is served only once they are free.
    const leaving = ["false", "true"].map((stream) => upload(url, stream));
    for (const { asked, sent } of leaving) {
      await sent;
      asked.destroy();
    }
    await allClosed();
    let status = 429;
    while (status === 429) status = (await post(url, form(file))).status;
    expect([status, open.size]).toEqual([200, 0]);
  });

  it("serves others while forms that dawdle arrive, and limits those of one address", async () => {
    const url = await start();
    // Two transcriptions may run, three uploads of one address may be on their way.
    const dawdling = [upload(url, "false"), upload(url, "false")];
    for (const { sent } of dawdling) await sent;
    expect(await (await post(url, form(file))).json()).toEqual({ text: words });
    const third = upload(url, "false");
    await third.sent;
    await expect.poll(async () => (await post(url, form(file))).status).toBe(429);
    for (const { asked } of [...dawdling, third]) asked.destroy();
    await expect.poll(async () => (await post(url, form(file))).status).toBe(200);
  });

  it("stops when the client disconnects", async () => {
    const [closed, writing] = [new AbortController(), new AbortController()];
    const stream = scriptedRecognizerStream({
      write: () => {
        writing.abort();
        return new Promise((_resolve, reject) => {
          closed.signal.addEventListener("abort", reject);
        });
      },
      close: () => {
        closed.abort();
      },
    });
    const url = await start(scriptedRecognizer({ open: () => Promise.resolve(stream) }));
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

/** Sends half a form; `sent` once the server has taken its request on. */
function upload(url: string, stream: string) {
  const part = (name: string) => `--x\r\ncontent-disposition: form-data; name="${name}"`;
  const head = `${part("stream")}\r\n\r\n${stream}\r\n${part("file")}; filename="a.wav"\r\n\r\n`;
  const headers = {
    "content-type": "multipart/form-data; boundary=x",
    "content-length": 100_000,
    // The server says when it has the request: a socket takes what is written long before.
    expect: "100-continue",
  };
  const asked = httpRequest(url, { method: "POST", headers });
  asked.on("error", () => undefined);
  const sent = once(asked, "continue").then(() => {
    asked.write(head);
    asked.write(file.subarray(0, 10_000));
  });
  asked.flushHeaders();
  return { asked, sent };
}
