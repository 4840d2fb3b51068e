/** Properties of a stream that hold for every kind of transducer model. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognition } from "../../contracts/recognizer";
import { builtinModel } from "../../testing/builtin-model";
import { loadAudio, randomPieces } from "../../testing/audio-fixtures";
import { fileOptions, loadRecognizer, recognize } from "../../testing/recognize";
import type { TransducerSettings } from "../transducer-settings";
import type { TransducerRecognizer } from "../recognizer/transducer-recognizer";

const fixtures = new URL("../fixtures/", import.meta.url);
const archive = fileURLToPath(
  new URL("../../../../nemo-onnx/fixtures/eou-like.nemo", import.meta.url),
);
const names = ["flite_slt", "noisy_rms", "gap_gb", "tiny"];
const audioOf = (name: string) => loadAudio(new URL(`audio/${name}.wav`, fixtures));

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-streams-"));
  const checkpoint = await openCheckpoint(archive);
  await convertTransducer({ checkpoint, directory: join(scratch, "eou-like"), precision: "fp32" });
  await checkpoint.close();
});

afterAll(async () => {
  await rm(scratch, { recursive: true });
});

type Engine = { model: () => string; settings: Partial<TransducerSettings> };
const builtin = () => builtinModel;
const tdt = () => fileURLToPath(new URL("models/parakeet-tdt-like", fixtures));

const engines: Record<string, Engine> = {
  "cache-aware, 160 ms": { model: builtin, settings: { rightContext: 1 } },
  "cache-aware, 560 ms": { model: builtin, settings: { rightContext: 6, finish: "silence" } },
  "cache-aware with end-of-utterance tokens": {
    model: () => join(scratch, "eou-like"),
    settings: { resetsAtEndOfUtterance: true },
  },
  "buffered, token and duration": {
    model: tdt,
    settings: { window: { chunk: 0.96, left: 4.96, right: 0.96 } },
  },
};

describe.each(Object.entries(engines))("%s", (_, { model, settings }) => {
  let recognizer: TransducerRecognizer;
  const alone = new Map<string, Recognition>();

  beforeAll(async () => {
    recognizer = await loadRecognizer(model(), settings);
    for (const name of names) alone.set(name, await recognize(recognizer, audioOf(name)));
  });

  afterAll(async () => {
    await recognizer.close();
  });

  it("recognises enough tokens for a comparison", () => {
    expect([...alone.values()].flatMap(({ tokens }) => tokens).length).toBeGreaterThan(10);
  });

  it("gives the same tokens in shared runs as alone", async () => {
    const together = await Promise.all(
      names.map((name, index) => recognize(recognizer, audioOf(name), [3_000 + 500 * index])),
    );
    expect(together.map(({ text }) => text)).toEqual(names.map((name) => alone.get(name)!.text));
    for (const [index, name] of names.entries()) {
      const ids = (of: Recognition) =>
        of.tokens.map(({ id, startMs, durationMs }) => [id, startMs, durationMs]);
      expect(ids(together[index]!)).toEqual(ids(alone.get(name)!));
    }
  });

  it.each([1, 2, 3])("does not depend on how the sound is cut (%i)", async (seed) => {
    const audio = audioOf("noisy_rms");
    const sizes = randomPieces(audio, 400 * seed ** 3, seed).map(({ length }) => length);
    const heard = await recognize(recognizer, audio, sizes);
    expect(heard.tokens).toEqual(alone.get("noisy_rms")!.tokens);
  });

  it("peeks at the end without disturbing the stream", async () => {
    const audio = audioOf("flite_slt");
    const stream = await recognizer.open(fileOptions);
    for (let at = 0; at < audio.length; at += 7_000) {
      await stream.write(audio.subarray(at, at + 7_000));
      await stream.peekFinal();
    }
    const peeked = await stream.peekFinal();
    const settled = await stream.finish();
    stream.close();
    expect(settled).toEqual(peeked);
    expect(settled).toEqual(alone.get("flite_slt")!);
  });

  it("ends with the words of its last partial, except for the tail", async () => {
    const audio = audioOf("noisy_rms");
    const stream = await recognizer.open(fileOptions);
    let partial = "";
    for (let at = 0; at < audio.length; at += 4_000) {
      ({ text: partial } = await stream.write(audio.subarray(at, at + 4_000)));
    }
    stream.close();
    const { text } = alone.get("noisy_rms")!;
    // Words within reach of the look-ahead may still change.
    const settledPart = partial.slice(0, Math.floor(partial.length / 2));
    expect(text.startsWith(settledPart)).toBe(true);
    expect(settledPart).not.toBe("");
  });
});
