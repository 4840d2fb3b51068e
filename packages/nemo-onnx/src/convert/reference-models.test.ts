import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { openSafetensors } from "../safetensors/open-safetensors";
import { convertTransducer } from "./convert-transducer";
import {
  columnsOf,
  firstRows,
  floatTensor,
  GraphSession,
  int64Tensor,
  largestDifference,
  transposed,
  type Floats,
} from "../onnx/testing/graph-session";
import { keysAndValues, lastFrames, readProjections } from "./testing/keys-and-values";
import { joinEncoded, planSteps, streamThrough } from "./testing/streaming-run";

const fixtures = fileURLToPath(new URL("../../../../../shared/fixtures/asr/", import.meta.url));

/** Looks up a tensor of a file by name. */
type Tensors = (name: string) => Floats;

async function readTensors(file: string): Promise<{ names: string[]; of: Tensors }> {
  const { tensors, close } = await openSafetensors(join(fixtures, file));
  const read = new Map<string, Floats>();
  for (const [name, tensor] of tensors) {
    read.set(name, { data: await tensor.read(), dims: tensor.shape });
  }
  await close();
  const of = (name: string) => {
    const tensor = read.get(name);
    if (tensor === undefined) throw new Error(`${file} has no ${name}`);
    return tensor;
  };
  return { names: [...read.keys()], of };
}

async function converted(model: string, directory: string): Promise<string> {
  const checkpoint = await openCheckpoint(join(fixtures, "models", model, "model.nemo"));
  const target = join(directory, model);
  try {
    await convertTransducer({ checkpoint, directory: target, precision: "fp32" });
  } finally {
    await checkpoint.close();
  }
  return target;
}

/** The features without their last column, which is padding. */
function validFrames(features: Floats): Floats {
  return columnsOf(features, 0, (features.dims[1] ?? 0) - 1);
}

/** Encoder output [frames, width] of one recording, [mels, frames]. */
async function encodeOffline(encoder: GraphSession, signals: readonly Floats[]): Promise<Floats[]> {
  const valid = signals.map(validFrames);
  const longest = Math.max(...signals.map(({ dims }) => dims[1] ?? 0));
  const padded = valid.map((signal) => columnsOf(signal, 0, longest));
  const outputs = await encoder.run({
    audio_signal: floatTensor({
      data: Float32Array.from(padded.flatMap(({ data }) => [...data])),
      dims: [signals.length, ...(padded[0]?.dims ?? [])],
    }),
    length: int64Tensor(valid.map(({ dims }) => dims[1] ?? 0)),
  });
  const { data, dims } = outputs.floats("outputs");
  const stride = data.length / signals.length;
  return outputs.integers("encoded_lengths").map((frames, stream) => {
    const part = data.subarray(stream * stride, (stream + 1) * stride);
    return firstRows(transposed({ data: part, dims: dims.slice(1) }), frames);
  });
}

const sections = {
  streaming: [
    { model: "nemotron-like", rightContexts: [13, 6, 1, 0] },
    { model: "eou-like", rightContexts: [1] },
  ],
  offline: [
    { model: "parakeet-rnnt-like-tt", mels: 80 },
    { model: "parakeet-rnnt-like-ff", mels: 80 },
    { model: "parakeet-tdt-like", mels: 128 },
    { model: "hybrid-ctc", mels: 80 },
  ],
};
const allModels = [...sections.streaming, ...sections.offline].map(({ model }) => model);
const recordings = ["flite_slt", "white2", "tiny", "silence2"];

const streamReference = z.object({
  streams: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ mel_frames: z.int(), drop: z.int() })) }),
  ),
});

describe.skipIf(!existsSync(fixtures))("convertTransducer, against NeMo's own outputs", () => {
  let directory = "";
  const folders = new Map<string, string>();
  const session = (model: string, file: string) =>
    GraphSession.open(folders.get(model) ?? "", file);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-convert-"));
    for (const model of allModels) folders.set(model, await converted(model, directory));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each(sections.offline)("$model encodes complete recordings", async ({ model, mels }) => {
    const features = await readTensors(`features/mel${mels}.safetensors`);
    const reference = await readTensors(`models/${model}/offline.safetensors`);
    const encoder = await session(model, "encoder.onnx");
    const signals = recordings.map((name) => features.of(`${name}.per_feature`));
    const single: Floats[] = [];
    for (const [index, signal] of signals.entries()) {
      const [encoded] = await encodeOffline(encoder, [signal]);
      if (encoded === undefined) throw new Error("nothing encoded");
      const expected = reference.of(`${recordings[index] ?? ""}.encoded`);
      const frames = encoded.dims[0] ?? 0;
      expect(frames).toBe(Math.ceil(((signal.dims[1] ?? 0) - 1) / 8));
      expect(largestDifference(encoded, firstRows(expected, frames))).toBeLessThan(1e-4);
      single.push(encoded);
    }
    const batch = await encodeOffline(encoder, signals);
    for (const [index, encoded] of batch.entries()) {
      expect(largestDifference(encoded, single[index] ?? encoded)).toBeLessThan(5e-5);
    }
  });

  const contexts = sections.streaming.flatMap(({ model, rightContexts }) =>
    rightContexts.map((rightContext) => ({ model, rightContext })),
  );
  it.each(contexts)("$model streams with right context $rightContext", async (choice) => {
    const { model, rightContext } = choice;
    const base = `models/${model}/stream_R${rightContext}`;
    const text = await readFile(join(fixtures, `${base}.json`), "utf8");
    const { streams } = streamReference.parse(JSON.parse(text));
    const reference = await readTensors(`${base}.safetensors`);
    const features = await readTensors("features/mel128.safetensors");
    const encoder = await session(model, "encoder.onnx");
    const projections = await readProjections(join(fixtures, "models", model, "model.nemo"));
    for (const [recording, { steps }] of Object.entries(streams)) {
      const plan = steps.map(({ mel_frames, drop }) => ({ frames: mel_frames, drop }));
      const results = await streamThrough(encoder, features.of(`${recording}.logmel`), plan);
      const joined = reference.of(`${recording}.encoded`);
      expect(largestDifference(joinEncoded(results), joined)).toBeLessThan(1e-4);
      for (const [index, step] of results.entries()) {
        const name = `${recording}.step${index + 1}`;
        if (!reference.names.includes(`${name}.encoded`)) continue;
        const [length = 0] = reference.of(`${name}.cache_last_channel_len`).data;
        expect(step.lastChannelLength).toBe(length);
        // NeMo caches the inputs of keys and values. Frames from before the first are masked.
        const inputs = reference.of(`${name}.cache_last_channel`);
        const headWidth = step.lastChannel.dims.at(-1) ?? NaN;
        const channel = lastFrames(keysAndValues(inputs, projections, headWidth), length);
        const pairs = [
          ["encoded", step.encoded, reference.of(`${name}.encoded`)],
          ["keys and values", lastFrames(step.lastChannel, length), channel],
          ["cache_last_time", step.lastTime, reference.of(`${name}.cache_last_time`)],
        ] as const;
        for (const [part, found, expected] of pairs) {
          expect(largestDifference(found, expected), `${name} ${part}`).toBeLessThan(1e-4);
        }
      }
    }
  });

  it("encodes the same frames with nemotron-like streaming as offline", async () => {
    const reference = await readTensors("models/nemotron-like/offline.safetensors");
    const features = await readTensors("features/mel128.safetensors");
    const encoder = await session("nemotron-like", "encoder.onnx");
    const signal = validFrames(features.of("long30.logmel"));
    const steps = await streamThrough(encoder, signal, planSteps(13, signal.dims[1] ?? 0));
    const encoded = joinEncoded(steps);
    const expected = firstRows(reference.of("long30.encoded"), encoded.dims[0] ?? 0);
    expect(largestDifference(encoded, expected)).toBeLessThan(1e-4);
  });

  it.each(allModels)("%s computes prediction network and joint", async (model) => {
    const reference = await readTensors(`models/${model}/offline.safetensors`);
    const decoder = await session(model, "decoder_joint.onnx");
    const frames = firstRows(reference.of("flite_slt.encoded"), 8);
    const logits = reference.of("teacher.joint_logits");
    const labels = [...reference.of("teacher.labels").data];
    const { inputs } = decoder.interface;
    const [, layers = 0, , width = 0] = (inputs.input_states_1 ?? []).map(Number);
    const vocabulary = await readFile(join(folders.get(model) ?? "", "tokens.txt"), "utf8");
    const blank = vocabulary.trimEnd().split("\n").length - 1;
    const state = () =>
      floatTensor({ data: new Float32Array(layers * width), dims: [layers, 1, width] });
    const targets = Int32Array.of(blank, ...labels);
    const outputs = await decoder.run({
      encoder_outputs: floatTensor({
        data: transposed(frames).data,
        dims: [1, frames.dims[1] ?? 0, 8],
      }),
      targets: new Tensor("int32", targets, [1, targets.length]),
      target_length: new Tensor("int32", Int32Array.of(targets.length), [1]),
      input_states_1: state(),
      input_states_2: state(),
    });
    expect(largestDifference(outputs.floats("outputs"), logits)).toBeLessThan(2e-5);
    const hidden = outputs.floats("output_states_1");
    expect(largestDifference(hidden, reference.of("teacher.h"))).toBeLessThan(2e-5);
    const cell = outputs.floats("output_states_2");
    expect(largestDifference(cell, reference.of("teacher.c"))).toBeLessThan(2e-5);
    expect(outputs.integers("prednet_lengths")).toEqual([targets.length]);
  });

  it("hybrid-ctc has a CTC head", async () => {
    const reference = await readTensors("models/hybrid-ctc/offline.safetensors");
    const head = await session("hybrid-ctc", "ctc.onnx");
    const encoded = reference.of("espeak_us.encoded");
    const [frames = 0, width = 0] = encoded.dims;
    const outputs = await head.run({
      encoder_outputs: floatTensor({ data: transposed(encoded).data, dims: [1, width, frames] }),
    });
    const expected = reference.of("espeak_us.ctc_log_probs");
    expect(largestDifference(outputs.floats("log_probs"), expected)).toBeLessThan(1e-4);
  });
});
