import {
  partialOf,
  recognitionOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { waveBytes } from "@parley/audio/testing/wave-bytes";
import { describe, expect, it } from "vitest";
import { countStreams, spokenWords } from "../../testing/recognition-server";
import { transcribeAudio } from "./transcribe-audio";

const code = new WordCode();
const never = new AbortController().signal;
const speaker = { phrases: [] };
const onText = () => undefined;

/** Head of a WAVE file of open length. */
const head = waveBytes({ coding: "pcm16", channels: [[]] });

/** A recogniser that returns no words and counts its samples. */
function deaf(onWrite: (samples: Int16Array) => void) {
  const open = () =>
    Promise.resolve(
      scriptedRecognizerStream({
        write: (samples) => {
          onWrite(samples);
          return Promise.resolve(partialOf(""));
        },
        finish: () => Promise.resolve(recognitionOf("")),
      }),
    );
  return countStreams(scriptedRecognizer({ open }));
}

describe("transcribeAudio", () => {
  it("reports partial text, and words with their times", async () => {
    const sound = spokenWords(code, "what time is it then");
    const samples = [...sound].map((sample) => sample / 32_768);
    async function* bytes() {
      yield await Promise.resolve(waveBytes({ coding: "pcm16", channels: [samples, samples] }));
    }
    const texts: string[] = [];
    const heard = await transcribeAudio({
      bytes: bytes(),
      recognizer: wordRecognizer(code),
      speaker,
      onText: (text) => texts.push(text),
      signal: never,
    });
    expect(texts).toEqual(["what time is it then"]);
    expect(heard).toMatchObject({ text: "what time is it then", duration: 1 });
    expect(heard.words[1]).toEqual({ text: "time", startMs: 200, endMs: 400, confidence: 1 });
  });

  it("transcribes three hours in constant memory", async () => {
    const second = new Uint8Array(32_000);
    const seconds = 3 * 3_600;
    let given = 0;
    let taken = 0;
    let farthest = 0;
    async function* bytes() {
      yield head;
      for (; given < seconds; given++) {
        farthest = Math.max(farthest, given - taken);
        yield await Promise.resolve(second);
      }
    }
    const { counted, open } = deaf((samples) => {
      taken += samples.length / 16_000;
    });
    const { duration } = await transcribeAudio({
      bytes: bytes(),
      recognizer: counted,
      speaker,
      onText,
      signal: never,
    });
    expect([duration, taken, open.size]).toEqual([seconds, seconds, 0]);
    expect(farthest).toBeLessThanOrEqual(1);
  });

  it("refuses a file that decompresses without end", async () => {
    const second = new Uint8Array(32_000);
    async function* bytes() {
      yield head;
      for (;;) yield await Promise.resolve(second);
    }
    const { counted, open } = deaf(() => undefined);
    const heard = transcribeAudio({
      bytes: bytes(),
      recognizer: counted,
      speaker,
      onText,
      signal: never,
      maxSeconds: 100,
    });
    await expect(heard).rejects.toMatchObject({ code: "frame-too-large" });
    expect(open.size).toBe(0);
  });

  it("closes its stream when the file, the recogniser or the client fails", async () => {
    const controller = new AbortController();
    async function* broken() {
      yield await Promise.resolve(new Uint8Array([...head, ...new Uint8Array(64_000)]));
      throw new Error("upload broken");
    }
    async function* stalled() {
      yield head;
      controller.abort(new Error("client gone"));
      await new Promise(() => undefined);
    }
    const failing = deaf(() => {
      throw new Error("engine failed");
    });
    const fine = deaf(() => undefined);
    const cases = [
      { bytes: broken(), recognizer: fine.counted, signal: never, message: "upload broken" },
      { bytes: broken(), recognizer: failing.counted, signal: never, message: "engine failed" },
      {
        bytes: stalled(),
        recognizer: fine.counted,
        signal: controller.signal,
        message: "client gone",
      },
    ];
    for (const { message, ...options } of cases) {
      await expect(transcribeAudio({ ...options, speaker, onText })).rejects.toThrow(message);
    }
    expect([fine.open.size, failing.open.size]).toEqual([0, 0]);
  });
});
