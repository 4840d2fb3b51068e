import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";
import { loadRecognizer, recognize } from "@parley/speech/testing/recognize";

const repository = join(import.meta.dirname, "..", "..");
const fixtures = join(repository, "packages/speech/src/transducer/fixtures");
const audio = join(fixtures, "audio");
const recordings = Object.keys(
  JSON.parse(readFileSync(join(fixtures, "tokens.json"), "utf8")) as Record<string, unknown>,
);
/** Confidence below which another token is nearly as likely, and may win with rounded weights. */
const leastConfidence = 0.01;

type Heard = Awaited<ReturnType<typeof recognize>>;

/** Ids before the first unsure one; null when all were sure. */
function sureBeginning({ tokens }: Heard): number[] | null {
  const doubtful = tokens.findIndex(({ confidence }) => confidence < leastConfidence);
  return doubtful < 0 ? null : tokens.slice(0, doubtful).map(({ id }) => id);
}

/** The built-in model is trained, so its text must not depend on the precision of its weights. */
describe("the built-in model's words", () => {
  let directory = "";
  const heard = new Map<string, Heard>();
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-words-"));
    await hear("fp32", (name, recognition) => heard.set(name, recognition));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function hear(
    precision: Precision,
    take: (name: string, recognition: Heard) => void,
  ): Promise<void> {
    const model = join(directory, precision);
    const checkpoint = await openCheckpoint(join(repository, "models/builtin/builtin.nemo"));
    await convertTransducer({ checkpoint, directory: model, precision });
    await checkpoint.close();
    const recognizer = await loadRecognizer(model, { rightContext: 1, finish: "silence" });
    for (const name of recordings) {
      take(name, await recognize(recognizer, loadAudio(join(audio, `${name}.wav`))));
    }
    await recognizer.close();
  }

  it("are sure for most recordings", () => {
    const sure = [...heard.values()].filter((each) => sureBeginning(each) === null);
    expect(sure.length).toBeGreaterThan(heard.size / 2);
  });

  it.each(["fp16", "int8", "int8-dynamic"] as const)("are the same in %s", async (precision) => {
    await hear(precision, (name, { text, tokens }) => {
      const expected = heard.get(name)!;
      const beginning = sureBeginning(expected);
      if (beginning === null) expect({ name, text }).toEqual({ name, text: expected.text });
      else {
        const ids = tokens.slice(0, beginning.length).map(({ id }) => id);
        expect({ name, ids }).toEqual({ name, ids: beginning });
      }
    });
  });
});
