import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognition } from "../../contracts/recognizer";
import { encoderFrameMs } from "../frame-rates";
import type { TransducerSettings } from "../transducer-settings";
import {
  archiveOf,
  bufferedAnswers,
  hasReferences,
  offlineAnswers,
  recordings,
  streamAnswers,
  type Answer,
} from "./references";
import { loadRecognizer, recognizeTogether } from "../../testing/recognize";

const streamingModels = [
  { model: "nemotron-like", rightContexts: [0, 1, 6, 13] },
  { model: "eou-like", rightContexts: [1] },
];
const offlineModels = [
  "parakeet-rnnt-like-tt",
  "parakeet-rnnt-like-ff",
  "parakeet-tdt-like",
  "hybrid-ctc",
];
const bufferedModels = ["parakeet-rnnt-like-tt", "parakeet-rnnt-like-ff", "parakeet-tdt-like"];

/**
 * Recording left out: NeMo normalises digital silence to rounding noise (−0.276 in every bin where
 * exact arithmetic gives 0), and its tokens follow from that noise. A user should not get them.
 */
const illConditioned = "silence2";

/** Recognises every recording at once, from audio through the converted checkpoint. */
async function hear(
  folder: string,
  settings: Partial<TransducerSettings>,
): Promise<Map<string, Recognition>> {
  const recognizer = await loadRecognizer(folder, settings);
  try {
    return await recognizeTogether(recognizer, recordings());
  } finally {
    await recognizer.close();
  }
}

function expectAnswers(heard: Map<string, Recognition>, answers: Record<string, Answer>): void {
  expect(Object.keys(answers).length).toBeGreaterThan(6);
  for (const [name, { ids, timestamps }] of Object.entries(answers)) {
    const { tokens } = heard.get(name)!;
    expect({ name, ids: tokens.map(({ id }) => id) }).toEqual({ name, ids });
    expect({ name, frames: tokens.map(({ startMs }) => startMs / encoderFrameMs) }).toEqual({
      name,
      frames: timestamps,
    });
  }
}

function without<Value>(answers: Record<string, Value>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== name));
}

let scratch: string;
const folderOf = (model: string) => join(scratch, model);

beforeAll(async () => {
  if (!hasReferences) return;
  scratch = await mkdtemp(join(tmpdir(), "parley-conformance-"));
  for (const model of [...streamingModels.map((entry) => entry.model), ...offlineModels]) {
    const checkpoint = await openCheckpoint(fileURLToPath(archiveOf(model)));
    await convertTransducer({
      checkpoint,
      directory: folderOf(model),
      precision: "fp32",
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await checkpoint.close();
  }
}, 120_000);

afterAll(async () => {
  if (hasReferences) await rm(scratch, { recursive: true });
});

describe.skipIf(!hasReferences)("tokens equal NeMo's", () => {
  for (const { model, rightContexts } of streamingModels) {
    for (const rightContext of rightContexts) {
      it(`${model}, right context ${rightContext}, whole frames only`, async () => {
        const heard = await hear(folderOf(model), { rightContext, finish: "exact" });
        const answers = Object.entries(streamAnswers(model, rightContext));
        expectAnswers(
          heard,
          Object.fromEntries(answers.map(([name, { valid_only }]) => [name, valid_only])),
        );
      });

      it(`${model}, right context ${rightContext}, as NeMo's streaming script`, async () => {
        const heard = await hear(folderOf(model), { rightContext, finish: "nemo" });
        expectAnswers(heard, streamAnswers(model, rightContext));
      });
    }

    it(`${model} in one pass`, async () => {
      const heard = await hear(folderOf(model), { isOffline: true });
      expectAnswers(heard, offlineAnswers(model));
    });
  }

  it.each(offlineModels)("%s in one pass", async (model) => {
    const heard = await hear(folderOf(model), { isOffline: true });
    const answers = offlineAnswers(model);
    expectAnswers(heard, without(answers, illConditioned));
    for (const [name, answer] of Object.entries(without(answers, illConditioned))) {
      const { tokens } = heard.get(name)!;
      if (model.includes("tdt")) {
        expect(tokens.map(({ durationMs }) => durationMs / encoderFrameMs)).toEqual(
          answer.durations,
        );
      }
      for (const [index, { confidence }] of tokens.entries()) {
        const recorded = answer.token_confidence[index]!;
        expect(Math.abs(confidence - recorded)).toBeLessThan(2e-3 * recorded + 1e-6);
      }
    }
  });

  for (const model of bufferedModels) {
    const settings = hasReferences ? bufferedAnswers(model) : {};
    it.each(Object.entries(settings))(`${model} in windows, %s`, async (_, setting) => {
      const { left, chunk, right } = setting.contexts_samples;
      const window = { left: left / 16_000, chunk: chunk / 16_000, right: right / 16_000 };
      const heard = await hear(folderOf(model), { window });
      expectAnswers(heard, without(setting.streams, illConditioned));
    });
  }
});
