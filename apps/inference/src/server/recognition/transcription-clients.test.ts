import { once } from "node:events";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { text as readText } from "node:stream/consumers";
import { writeWave } from "@parley/audio/wave/write-wave";
import type { Recognizer, RecognizerStreamOptions } from "@parley/speech/contracts/recognizer";
import {
  partialOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { afterEach, describe, expect, it } from "vitest";
import {
  spokenWords,
  startRecognitionServer,
  type RecognitionServer,
} from "../../testing/recognition-server";

const code = new WordCode();
const words = "what time is it";
const samples = spokenWords(code, words);
const file = writeWave({ sampleRate: 16_000, samples });

const servers: RecognitionServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(recognizer: Recognizer = wordRecognizer(code)): Promise<string> {
  const server = await startRecognitionServer(recognizer);
  servers.push(server);
  return server.transcriptionsUrl;
}

/** A recogniser that keeps what it was asked for. */
function asking() {
  const asked: (RecognizerStreamOptions | undefined)[] = [];
  const recognizer = wordRecognizer(code);
  const open: Recognizer["open"] = (options) => {
    asked.push(options);
    return recognizer.open();
  };
  return { asked, recognizer: { ...recognizer, open } };
}

/** Parts of a form: a file's bytes, or a field's text. */
type Parts = readonly (readonly [name: string, value: Uint8Array | string])[];

/** Sends a form without its length, in pieces, as Node's clients send streams. */
async function sendChunked(url: string, parts: Parts): Promise<{ status: number; body: string }> {
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  const asked = httpRequest(url, { method: "POST", headers });
  const answered = once(asked, "response") as Promise<[IncomingMessage]>;
  for (const [name, value] of parts) {
    const isFile = typeof value !== "string";
    asked.write(`--x\r\ncontent-disposition: form-data; name="${name}"`);
    asked.write(isFile ? '; filename="a.wav"\r\n\r\n' : "\r\n\r\n");
    const bytes = isFile ? value : Buffer.from(value);
    for (let at = 0; at < bytes.length; at += 10_000) asked.write(bytes.subarray(at, at + 10_000));
    asked.write("\r\n");
  }
  asked.end("--x--\r\n");
  const [response] = await answered;
  return { status: response.statusCode ?? 0, body: await readText(response) };
}

async function post(url: string, fields: Record<string, string>, bytes: Uint8Array = file) {
  const body = new FormData();
  body.append("file", new Blob([Uint8Array.from(bytes)]), "speech.wav");
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(url, { method: "POST", body });
}

async function answerOf(url: string, fields: Record<string, string>) {
  return (await (await post(url, fields)).json()) as Record<string, unknown>;
}

describe("a form of unknown length", () => {
  it("may have its fields behind the file", async () => {
    const { asked, recognizer } = asking();
    const url = await start(recognizer);
    const parts: Parts = [
      ["file", file],
      ["model", "whisper-1"],
      ["language", "de"],
      ["prompt", "Ada"],
      ["response_format", "text"],
    ];
    expect(await sendChunked(url, parts)).toEqual({ status: 200, body: `${words}\n` });
    expect(asked).toMatchObject([{ language: "de", phrases: ["Ada"] }]);
    const streamed = await sendChunked(url, [...parts, ["stream", "true"]]);
    expect(streamed.body).toContain("transcript.text.done");
  });

  it("is heard again when a field behind the file changes what was heard as it came", async () => {
    const { asked, recognizer } = asking();
    const url = await start(recognizer);
    const parts: Parts = [
      ["stream", "true"],
      ["file", file],
      ["language", "de"],
    ];
    const { body } = await sendChunked(url, parts);
    expect(asked.map((options) => options?.language)).toEqual([undefined, "de"]);
    const [last] = body.trimEnd().split("\n\n").slice(-1);
    expect(last).toBe(`data: {"type":"transcript.text.done","text":"${words}"}`);
    expect(body).not.toContain("error");
  });

  it("is heard as it comes beyond 25 MiB: a language must then precede the file", async () => {
    const url = await start();
    const long = writeWave({ sampleRate: 16_000, samples: new Int16Array(13_200_000) });
    const heard = await sendChunked(url, [
      ["file", long],
      ["response_format", "verbose_json"],
    ]);
    expect(JSON.parse(heard.body)).toMatchObject({ duration: 825, text: "" });
    const late = await sendChunked(url, [
      ["file", long],
      ["language", "de"],
    ]);
    expect(late.status).toBe(400);
    expect(late.body).toContain("language: it follows a file");
  });
});

describe("what clients ask for", () => {
  it("has times of words in json, as AI SDK 5 asks for them", async () => {
    const url = await start();
    const answer = await answerOf(url, { "timestamp_granularities[]": "word" });
    expect(answer).toMatchObject({ text: words, duration: 0.8, language: "english" });
    expect(answer.words).toHaveLength(4);
    expect(await answerOf(url, {})).toEqual({ text: words });
    for (const format of ["text", "srt", "vtt"]) {
      const asked = { response_format: format, "timestamp_granularities[]": "word" };
      expect((await post(url, asked)).status).toBe(200);
    }
  });

  it("names the language as OpenAI does", async () => {
    const url = await start();
    const languageOf = async (language: string) =>
      (await answerOf(url, { response_format: "verbose_json", language })).language;
    expect(await languageOf("de")).toBe("german");
    expect(await languageOf("pt-BR")).toBe("portuguese");
    expect(await languageOf("Spanish")).toBe("spanish");
    expect(await languageOf("zz")).toBe("zz");
  });

  it("has translations, with a warning that nothing is translated", async () => {
    const url = (await start()).replace("transcriptions", "translations");
    const response = await post(url, { response_format: "verbose_json" });
    expect(response.headers.get("x-parley-warning")).toContain("does not translate");
    expect(await response.json()).toMatchObject({
      task: "translate",
      language: "english",
      text: words,
    });
    expect(await answerOf(url, {})).toEqual({ text: words });
  });

  it("has diarized_json, in which one speaker says everything; streamed, too", async () => {
    const url = await start();
    const segment = { type: "transcript.text.segment", id: "seg_000", text: words, speaker: "A" };
    const asked = { response_format: "diarized_json", chunking_strategy: "auto" };
    expect(await answerOf(url, asked)).toEqual({
      task: "transcribe",
      duration: 0.8,
      text: words,
      segments: [{ ...segment, start: 0, end: 0.8 }],
      usage: { type: "duration", seconds: 1 },
    });
    const events = await (await post(url, { ...asked, stream: "1" })).text();
    const types = [...events.matchAll(/"type":"([^"]+)"/gu)].map(([, type]) => type);
    expect(types).toEqual([
      "transcript.text.delta",
      "transcript.text.segment",
      "transcript.text.done",
    ]);
  });
});

describe("times and certainty", () => {
  /** Hears two words, the last of them beyond the end of the sound. */
  function hearing(confidence: number, doubtfulBelow?: number): Recognizer {
    const word = { text: "so", startMs: 100, endMs: 500, confidence };
    const last = { text: "late", startMs: 780, endMs: 960, confidence };
    return {
      ...scriptedRecognizer({
        open: () =>
          Promise.resolve(
            scriptedRecognizerStream({
              write: () => Promise.resolve(partialOf("so late")),
              finish: () => Promise.resolve({ text: "so late", tokens: [], words: [word, last] }),
            }),
          ),
      }),
      doubtfulBelow,
    };
  }

  it("are never later than the end of the sound", async () => {
    const url = await start(hearing(0.9));
    const answer = (await answerOf(url, {
      response_format: "verbose_json",
      "timestamp_granularities[0]": "word",
      "timestamp_granularities[1]": "segment",
    })) as { duration: number; words: { end: number }[]; segments: { end: number }[] };
    expect(answer.duration).toBe(0.8);
    expect(answer.words.at(-1)?.end).toBe(0.8);
    expect(answer.segments.at(-1)?.end).toBe(0.8);
    expect(await (await post(url, { response_format: "srt" })).text()).toContain(
      "--> 00:00:00,800",
    );
  });

  it.each([
    [0.9, undefined, Math.log(0.9)],
    [0.08, 0.08, -1],
    [0.5, 0.08, Math.log(0.5) / -Math.log(0.08)],
    [0, undefined, Math.log(1e-6)],
  ])("give a confidence of %d, doubtful below %d, as %d", async (confidence, below, wanted) => {
    const url = await start(hearing(confidence, below));
    const answer = (await answerOf(url, { response_format: "verbose_json" })) as {
      segments: { avg_logprob: number }[];
    };
    expect(answer.segments[0]?.avg_logprob).toBeCloseTo(wanted, 6);
  });
});
