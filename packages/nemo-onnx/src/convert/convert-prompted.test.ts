import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { inspectModel } from "../onnx/inspect-model";
import type { Precision } from "../quantization/precision";
import { convertTransducer } from "./convert-transducer";
import { withConfig } from "./testing/changed-checkpoint";
import {
  firstRows,
  floatTensor,
  GraphSession,
  int64Tensor,
  largestDifference,
  transposed,
  zeros,
  type Floats,
} from "../onnx/testing/graph-session";
import { syntheticKernel, promptedFrames, withPromptKernel } from "./testing/prompted-checkpoint";
import { joinEncoded, planSteps, streamThrough } from "./testing/streaming-run";

const base = fileURLToPath(new URL("../../fixtures/eou-like.nemo", import.meta.url));
const [width, prompts, mels] = [64, 6, 128];
const languages = { "en-US": 0, en: 0, "de-DE": 3, auto: 5 };
const kernel = syntheticKernel(width, prompts);
const prompted = {
  "model_defaults.initialize_prompt_feature": true,
  "model_defaults.num_prompts": prompts,
  "model_defaults.prompt_dictionary": languages,
};
const fullAttention = {
  "encoder.att_context_style": "regular",
  "encoder.att_context_size": [-1, -1],
};

/** A signal similar to log-mels of speech. */
function syntheticSignal(frames: number): Floats {
  const signal = zeros([mels, frames]);
  for (const index of signal.data.keys()) {
    signal.data[index] = -2 + Math.sin(index / 50) + 1.5 * Math.sin(index * index);
  }
  return signal;
}

let parent = "";
let plain: Checkpoint;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "parley-prompted-"));
  plain = await openCheckpoint(base);
});
afterEach(async () => {
  await plain.close();
  await rm(parent, { recursive: true, force: true });
});

async function encoderOf(
  checkpoint: Checkpoint,
  precision: Precision = "fp32",
): Promise<GraphSession> {
  const directory = await mkdtemp(join(parent, "model-"));
  await convertTransducer({ checkpoint, directory, precision });
  return GraphSession.open(directory, "encoder.onnx");
}

describe("convertTransducer, of models with a language prompt", () => {
  it("streams frames that are conditioned on their language", async () => {
    const signal = syntheticSignal(105);
    const steps = planSteps(1, 105);
    const unprompted = joinEncoded(await streamThrough(await encoderOf(plain), signal, steps));
    const encoder = await encoderOf(withPromptKernel(plain, kernel, prompted));
    for (const language of [0, 3]) {
      const found = joinEncoded(await streamThrough(encoder, signal, steps, language));
      const expected = promptedFrames(unprompted, language, kernel);
      expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    }
    const [english, german] = [0, 3].map((one) => promptedFrames(unprompted, one, kernel));
    expect(largestDifference(english!, german!)).toBeGreaterThan(0.1);
  });

  it("encodes a batch of whole recordings, each in its own language", async () => {
    const signal = syntheticSignal(80);
    const batchOf = (copies: number) => ({
      audio_signal: floatTensor({
        data: Float32Array.from(Array.from({ length: copies }, () => [...signal.data]).flat()),
        dims: [copies, mels, 80],
      }),
      length: int64Tensor(Array.from({ length: copies }, () => 80)),
    });
    const unprompted = await encoderOf(withConfig(plain, fullAttention));
    const frames = transposed((await unprompted.run(batchOf(1))).floats("outputs"));
    const encoder = await encoderOf(
      withPromptKernel(plain, kernel, { ...prompted, ...fullAttention }),
    );
    const outputs = await encoder.run({ ...batchOf(2), prompt_index: int64Tensor([3, 5]) });
    const { data, dims } = outputs.floats("outputs");
    for (const [stream, language] of [3, 5].entries()) {
      const stride = data.length / 2;
      const part = data.subarray(stream * stride, (stream + 1) * stride);
      const found = transposed({ data: part, dims: dims.slice(1) });
      const expected = promptedFrames(firstRows(frames, found.dims[0] ?? 0), language, kernel);
      expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    }
  });

  it.each(["fp16", "int8", "int8-dynamic", "int4"] as const)("streams in %s", async (precision) => {
    const checkpoint = withPromptKernel(plain, kernel, prompted);
    const signal = syntheticSignal(105);
    const [expected, found] = await Promise.all(
      (["fp32", precision] as const).map(async (one) => {
        const steps = await streamThrough(
          await encoderOf(checkpoint, one),
          signal,
          planSteps(1, 105),
          3,
        );
        return joinEncoded(steps);
      }),
    );
    const bounds = { fp16: 0.02, int8: 0.3, "int8-dynamic": 0.3, int4: 3 };
    expect(largestDifference(found!, expected!)).toBeLessThan(bounds[precision]);
  });

  it("writes the languages into the encoder's metadata", async () => {
    const directory = join(parent, "model");
    const checkpoint = withPromptKernel(plain, kernel, prompted);
    await convertTransducer({ checkpoint, directory, precision: "int8" });
    const { inputs, metadata } = await inspectModel(join(directory, "encoder.onnx"));
    expect(inputs.find(({ name }) => name === "prompt_index")).toMatchObject({ dims: ["batch"] });
    expect(JSON.parse(metadata.prompt_dictionary ?? "")).toEqual(languages);
  });

  it.each([
    [{ "fr-FR": 6 }, "model_defaults.prompt_dictionary.fr-FR is 6 and num_prompts is 6"],
    [{}, "model_defaults.prompt_dictionary names no language"],
  ])("refuses an invalid prompt dictionary: %j", async (dictionary, message) => {
    const changes = { ...prompted, "model_defaults.prompt_dictionary": dictionary };
    await expect(encoderOf(withPromptKernel(plain, kernel, changes))).rejects.toMatchObject({
      code: "mismatch",
      message: expect.stringContaining(message) as string,
    });
  });
});
