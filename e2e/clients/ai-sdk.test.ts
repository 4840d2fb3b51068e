/** The AI SDK with its defaults: nothing but the address is set. */
import { readFileSync } from "node:fs";
import { createOpenAI, type OpenAIProvider } from "@ai-sdk/openai";
import { readWave } from "@parley/audio/wave/read-wave";
import { experimental_generateSpeech as generateSpeech } from "ai";
import { experimental_transcribe as transcribe } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSpeechDoors, recording, sentence, type SpeechDoors } from "./speech-doors";

let doors: SpeechDoors;
let openai: OpenAIProvider;
beforeAll(async () => {
  doors = await openSpeechDoors();
  openai = createOpenAI({ baseURL: doors.url, apiKey: "any" });
});
afterAll(() => doors.close());

const once = { maxRetries: 0 };

describe("experimental_transcribe", () => {
  const audio = readFileSync(recording);

  it("hears with each of OpenAI's models", async () => {
    for (const name of ["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"]) {
      const heard = await transcribe({ model: openai.transcription(name), audio, ...once });
      expect(heard.text, name).toBe(sentence);
    }
  });

  it("has the language, the length and the times of words", async () => {
    const options = { timestampGranularities: ["word"], language: "en", prompt: "Anna" };
    for (const name of ["whisper-1", "gpt-4o-transcribe"]) {
      const heard = await transcribe({
        model: openai.transcription(name),
        audio,
        providerOptions: { openai: options },
        ...once,
      });
      expect(heard.language, name).toBe("en");
      expect(heard.durationInSeconds, name).toBeCloseTo(3.29, 1);
      expect(heard.segments.map(({ text }) => text.trim()).join(" "), name).toBe(sentence);
    }
  });
});

describe("experimental_generateSpeech", () => {
  const text = "My name is Anna and I live in a small town.";

  it("speaks without any setting", async () => {
    const model = openai.speech("gpt-4o-mini-tts");
    const { audio, warnings } = await generateSpeech({ model, text, ...once });
    expect(audio.mediaType).toBe("audio/mpeg");
    expect(audio.uint8Array.length).toBeGreaterThan(10_000);
    expect(warnings).toEqual([]);
  });

  it("speaks with a voice, in each format that needs no ffmpeg", async () => {
    const model = openai.speech("tts-1");
    const speak = async (outputFormat: string) =>
      (await generateSpeech({ model, text, voice: "nova", outputFormat, ...once })).audio;
    const wave = readWave((await speak("wav")).uint8Array);
    const pcm = (await speak("pcm")).uint8Array;
    const seconds = wave.samples.length / wave.sampleRate;
    expect(Math.abs(pcm.length / 48_000 - seconds)).toBeLessThan(0.05);
    expect((await speak("opus")).mediaType).toMatch(/^audio\//u);
  });
});
