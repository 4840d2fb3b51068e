import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAudio } from "../../apps/inference/src/testing/audio-fixtures";
import { loadRecognizer, recognize } from "../../apps/inference/src/testing/recognize";
import { editDistance } from "./edit-distance";

const repository = join(import.meta.dirname, "..", "..");
const fixtures = join(repository, "apps/inference/src/asr/fixtures");
const recorded = JSON.parse(readFileSync(join(fixtures, "tokens.json"), "utf8")) as Record<
  string,
  { R1: { text: string; tokens: [id: number, frame: number][] } }
>;
/** Misheard in fp32 too: what is nearly as likely there may win. */
const nearTies = ["gap_gb", "noisy_rms"];

/** The built-in model knows words: what it hears is not to depend on how its weights are kept. */
describe("the built-in model's words", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-words-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each(["fp16", "int8", "int8-dynamic"] as const)("are the same in %s", async (precision) => {
    const model = join(directory, precision);
    const checkpoint = await openCheckpoint(join(repository, "models/builtin/builtin.nemo"));
    await convertTransducer({ checkpoint, directory: model, precision });
    await checkpoint.close();
    const recognizer = await loadRecognizer(model, { rightContext: 1, finish: "silence" });
    for (const [name, { R1 }] of Object.entries(recorded)) {
      const samples = loadAudio(join(fixtures, "audio", `${name}.wav`));
      const { text, tokens } = await recognize(recognizer, samples);
      const ids = [tokens.map(({ id }) => id), R1.tokens.map(([id]) => id)] as const;
      if (nearTies.includes(name)) expect(editDistance(...ids)).toBeLessThanOrEqual(2);
      else expect({ name, text }).toEqual({ name, text: R1.text });
    }
    await recognizer.close();
  });
});
