/** The `openai` package for Node with its defaults: nothing but the address is set. */
import { createReadStream, readFileSync } from "node:fs";
import { readWave } from "@parley/audio/wave/read-wave";
import OpenAI, { NotFoundError, toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSpeechDoors, recording, sentence, type SpeechDoors } from "./speech-doors";

let doors: SpeechDoors;
let client: OpenAI;
beforeAll(async () => {
  doors = await openSpeechDoors();
  client = new OpenAI({ baseURL: doors.url, apiKey: "any", maxRetries: 0 });
});
afterAll(() => doors.close());

const stream = () => createReadStream(recording);

describe("audio.transcriptions", () => {
  it.each([
    ["a stream of a file", stream],
    ["a File", () => new File([readFileSync(recording)], "a.wav", { type: "audio/wav" })],
    ["bytes", () => toFile(readFileSync(recording), "a.wav")],
  ])("hears %s, with fields behind it", async (_what, open) => {
    const file = await open();
    const fields = { model: "whisper-1", language: "en", temperature: 0 };
    const { text } = await client.audio.transcriptions.create({ file, ...fields });
    expect(text).toBe(sentence);
  });

  it("streams, from a stream of a file, with a language behind it", async () => {
    const events = await client.audio.transcriptions.create({
      file: stream(),
      model: "gpt-4o-transcribe",
      stream: true,
      language: "en",
    });
    const received = [];
    for await (const event of events) received.push(event);
    expect(received.at(-1)).toMatchObject({ type: "transcript.text.done", text: sentence });
    expect(received[0]?.type).toBe("transcript.text.delta");
  });

  it("tells times and how sure it is", async () => {
    const answer = await client.audio.transcriptions.create({
      file: stream(),
      model: "whisper-1",
      response_format: "verbose_json",
      timestamp_granularities: ["word", "segment"],
    });
    expect(answer).toMatchObject({ language: "english", text: sentence });
    expect(answer.words?.map(({ word }) => word).join(" ")).toBe(sentence);
    const segment = answer.segments?.at(-1);
    expect(segment?.end).toBeLessThanOrEqual(answer.duration);
    expect(segment?.avg_logprob).toBeGreaterThan(-1);
  });

  it("has every other format", async () => {
    const file = () => ({ file: stream(), model: "whisper-1" });
    const { transcriptions, translations } = client.audio;
    const text = await transcriptions.create({ ...file(), response_format: "text" });
    expect(text).toBe(`${sentence}\n`);
    const subtitles = await transcriptions.create({ ...file(), response_format: "srt" });
    expect(subtitles).toContain("00:00:00,");
    const speakers = await transcriptions.create({
      ...file(),
      model: "gpt-4o-transcribe-diarize",
      response_format: "diarized_json",
      chunking_strategy: "auto",
    });
    expect(speakers).toMatchObject({ segments: [{ speaker: "A", text: sentence }] });
    expect((await translations.create(file())).text).toBe(sentence);
  });
});

describe("audio.speech", () => {
  const input = "Good evening. It is nine.";

  async function spoken(options: Partial<OpenAI.Audio.SpeechCreateParams>): Promise<Uint8Array> {
    const asked = { model: "tts-1", voice: "alloy", input, ...options } as const;
    const response = await client.audio.speech.create(asked);
    return new Uint8Array(await response.arrayBuffer());
  }

  it("speaks with every voice of OpenAI's", async () => {
    const voices = "alloy ash ballad coral echo fable nova onyx sage shimmer verse marin cedar";
    for (const voice of voices.split(" ")) {
      expect((await spoken({ voice })).length, voice).toBeGreaterThan(5_000);
    }
  });

  it("sends pcm that lasts as long as the WAVE file does, at OpenAI's 24,000 Hz", async () => {
    const wave = readWave(await spoken({ response_format: "wav" }));
    const pcm = await spoken({ response_format: "pcm" });
    const seconds = wave.samples.length / wave.sampleRate;
    expect(Math.abs(pcm.length / 48_000 - seconds)).toBeLessThan(0.05);
  });

  it("says nothing where there is nothing to say, and is no failure", async () => {
    for (const unspeakable of [".", "🙂"]) {
      expect((await spoken({ input: unspeakable })).length).toBeGreaterThan(100);
    }
  });

  it("sends server-sent events", async () => {
    const response = await client.audio.speech.create({
      model: "gpt-4o-mini-tts",
      voice: "marin",
      input,
      stream_format: "sse",
    });
    const events = await response.text();
    expect(events).toContain('"type":"speech.audio.delta"');
    expect(events).toContain('"type":"speech.audio.done"');
  });
});

describe("models", () => {
  it("are listed, and found by their names", async () => {
    const ids = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(["moonshine-tiny-en", "flite", "whisper-1"]));
    expect((await client.models.retrieve("tts-1")).id).toBe("tts-1");
    await expect(client.models.retrieve("gpt-9")).rejects.toBeInstanceOf(NotFoundError);
  });

  it("refuses what is not there with an error that the client can read", async () => {
    const embedding = client.embeddings.create({ model: "x", input: "hi" });
    await expect(embedding).rejects.toMatchObject({
      status: 404,
      type: "invalid_request_error",
      message: expect.stringContaining("Invalid URL (POST /v1/embeddings)") as string,
    });
  });
});
