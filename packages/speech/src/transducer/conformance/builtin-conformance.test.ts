/** The built-in recogniser against the PyTorch network that its weights were trained with. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinModel } from "../../testing/builtin-model";
import { loadAudio } from "../../testing/audio-fixtures";
import { loadRecognizer, recognizeTogether } from "../../testing/recognize";
import type { Recognition } from "../../contracts/recognizer";
import type { TransducerRecognizer } from "../recognizer/transducer-recognizer";

type Answer = { ids: number[]; text: string };

const recordings = new URL("../fixtures/audio/", import.meta.url);
const reference = new URL(
  "../../../../nemo-onnx/fixtures/builtin-pytorch/recognised.json",
  import.meta.url,
);
const expected = JSON.parse(readFileSync(reference, "utf8")) as Record<
  string,
  Record<"R1" | "R6", Answer>
>;
const names = Object.keys(expected);

describe.each([1, 6] as const)("the built-in recogniser with right context %i", (rightContext) => {
  let recognizer: TransducerRecognizer;
  let heard: Map<string, Recognition>;

  beforeAll(async () => {
    const model = builtinModel;
    recognizer = await loadRecognizer(model, { rightContext, finish: "silence" });
    const audio = names.map(
      (name) => [name, loadAudio(new URL(`${name}.wav`, recordings))] as const,
    );
    heard = await recognizeTogether(recognizer, new Map(audio));
  });

  afterAll(() => recognizer.close());

  it.each(names)("equals PyTorch token for token in %s", (name) => {
    const { text, tokens } = heard.get(name)!;
    expect({ text, ids: tokens.map(({ id }) => id) }).toEqual(expected[name]![`R${rightContext}`]);
  });
});
