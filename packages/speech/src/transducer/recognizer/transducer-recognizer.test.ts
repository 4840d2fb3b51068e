import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognition, RecognizerStream } from "../../contracts/recognizer";
import { builtinModel } from "../../testing/builtin-model";
import { joinAudio, loadAudio, randomPieces, whiteNoise } from "../../testing/audio-fixtures";
import { loadRecognizer } from "../../testing/recognize";
import { encoderFrameMs } from "../frame-rates";
import type { TransducerRecognizer } from "./transducer-recognizer";

const fixtures = new URL("../fixtures/", import.meta.url);
const directory = builtinModel;

type Recorded = Record<string, Record<string, { text: string; tokens: [number, number][] }>>;
const recorded = JSON.parse(readFileSync(new URL("tokens.json", fixtures), "utf8")) as Recorded;
const names = Object.keys(recorded);

let recognizer: TransducerRecognizer;
let stream: RecognizerStream;

beforeAll(async () => {
  recognizer = await loadRecognizer(directory, { rightContext: 1, finish: "silence" });
  stream = await recognizer.open();
});

afterAll(async () => {
  await recognizer.close();
});

function audioOf(name: string): Int16Array {
  return loadAudio(new URL(`audio/${name}.wav`, fixtures));
}

function expectRecorded(heard: Recognition, name: string, rightContext: number): void {
  const { text, tokens } = recorded[name]![`R${rightContext}`]!;
  expect(heard.text).toBe(text);
  expect(heard.tokens.map(({ id, startMs }) => [id, startMs / encoderFrameMs])).toEqual(tokens);
}

async function hear(samples: Int16Array, pieces = [samples]): Promise<Recognition> {
  for (const piece of pieces) await stream.write(piece);
  return stream.finish();
}

const nothing: Recognition = { text: "", tokens: [], words: [] };

describe("TransducerRecognizer", () => {
  it.each(names)("recognises the recorded tokens at their frames in %s", async (name) => {
    expectRecorded(await hear(audioOf(name)), name, 1);
  });

  it("recognises the recorded tokens with a wider look-ahead", async () => {
    const wide = await loadRecognizer(directory, { rightContext: 6, finish: "silence" });
    const wideStream = await wide.open();
    for (const name of names) {
      await wideStream.write(audioOf(name));
      expectRecorded(await wideStream.finish(), name, 6);
    }
    await wide.close();
  });

  it("lets in as many speakers as it is told to, however many the device follows", async () => {
    const small = await loadRecognizer(directory, { capacity: 1 });
    await small.open();
    await expect(small.open()).rejects.toMatchObject({ code: "at-capacity" });
    await small.close();
  });

  it("does not depend on how the sound was cut", async () => {
    const audio = audioOf("flite_slt");
    for (const [longest, seed] of [
      [160, 1],
      [2_000, 2],
      [9_000, 3],
    ] as const) {
      expectRecorded(await hear(audio, randomPieces(audio, longest, seed)), "flite_slt", 1);
    }
  });

  it("extends its partial text and never takes a word back", async () => {
    let last = "";
    for (const piece of randomPieces(audioOf("weather_awb"), 3_000, 4)) {
      const { text } = await stream.write(piece);
      expect(text.startsWith(last)).toBe(true);
      last = text;
    }
    expect((await stream.finish()).text.startsWith(last)).toBe(true);
    expect(last).not.toBe("");
  });

  it("peeks at the settled words without disturbing the stream", async () => {
    const audio = audioOf("meeting_kal16");
    const peeks: string[] = [];
    for (let at = 0; at < audio.length; at += 4_000) {
      await stream.write(audio.subarray(at, at + 4_000));
      peeks.push((await stream.peekFinal()).text);
    }
    const peeked = await stream.peekFinal();
    expect(await stream.peekFinal()).toEqual(peeked);
    const settled = await stream.finish();
    expectRecorded(settled, "meeting_kal16", 1);
    expect(peeked).toEqual(settled);
    expect(peeks.slice(0, 3).every((text) => text.length < settled.text.length)).toBe(true);
  });

  it("starts from nothing after finishing and after a reset", async () => {
    await stream.write(audioOf("flite_slt"));
    await stream.reset();
    expectRecorded(await hear(audioOf("time_slt")), "time_slt", 1);
    expect(await stream.finish()).toEqual(nothing);
  });

  it("keeps concurrent streams apart", async () => {
    const others = await Promise.all(names.map(() => recognizer.open()));
    await Promise.all(
      names.map(async (name, index) => {
        for (const piece of randomPieces(audioOf(name), 5_000, index)) {
          await others[index]!.write(piece);
        }
        expectRecorded(await others[index]!.finish(), name, 1);
        others[index]!.close();
      }),
    );
  });

  it("recognises no words in silence and noise, and survives extremes", async () => {
    expect((await hear(new Int16Array(32_000))).text).toBe("");
    for (const level of [10, 300, 3_000]) {
      expect((await hear(whiteNoise(48_000, level))).text).toBe("");
    }
    const square = Int16Array.from({ length: 16_000 }, (_, i) => ((i >> 5) & 1 ? 32_767 : -32_768));
    await expect(hear(square)).resolves.toMatchObject({ tokens: expect.any(Array) as unknown });
  });

  it("accepts empty writes", async () => {
    expect(await stream.write(new Int16Array(0))).toMatchObject({ text: "", behindMs: 0 });
    expect(await stream.peekFinal()).toEqual(nothing);
    expect(await hear(joinAudio([new Int16Array(1)]))).toEqual(nothing);
  });

  it("rejects the call under way when the stream closes, and later ones", async () => {
    const closing = await recognizer.open();
    const running = closing.write(audioOf("gap_gb"));
    await expect(closing.finish()).rejects.toThrow("a call of this stream is under way");
    closing.close();
    closing.close();
    await expect(running).rejects.toMatchObject({ code: "invalid-state" });
    await expect(closing.write(new Int16Array(1))).rejects.toMatchObject({ code: "invalid-state" });
  });

  it("waits for the current run when the recogniser is closed, and opens no more streams", async () => {
    const closing = await loadRecognizer(directory, { rightContext: 1, finish: "silence" });
    const running = (await closing.open()).write(audioOf("gap_gb"));
    const rejected = expect(running).rejects.toMatchObject({ code: "invalid-state" });
    await closing.close();
    await closing.close();
    await rejected;
    await expect(closing.open()).rejects.toMatchObject({ code: "invalid-state" });
  });
});
