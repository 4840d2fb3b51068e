import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinModel } from "../../testing/builtin-model";
import { loadTensors, tensorOf } from "../../testing/audio-tensors";
import type { AsrModel, StreamingEncoder } from "./asr-model";
import { loadAsrModel } from "./load-asr-model";
import {
  cachesAfter,
  cut,
  emptyCaches,
  joined,
  largestDifference,
  nextStep,
  streamThrough,
} from "./testing/streaming-run";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const shared = fileURLToPath(
  new URL("../../../../../../shared/fixtures/asr/models/nemotron-like/", import.meta.url),
);
const checkpointFile = fileURLToPath(
  new URL("../../../../nemo-onnx/fixtures/eou-like.nemo", import.meta.url),
);
const settings = { threads: 1, providers: ["cpu"] as const };

function featuresOf(file: string, name: string) {
  const { data, shape } = tensorOf(loadTensors(file), name);
  const [mels = 0, frames = 0] = shape;
  return { data, mels, frames };
}

const logMel = featuresOf(join(fixtures, "mel128.safetensors"), "flite_slt.logmel");

function streamingOf({ encoder }: AsrModel): StreamingEncoder {
  if (encoder.type !== "streaming") throw new TypeError("not a cache-aware model");
  return encoder;
}

describe("a cache-aware export for sherpa-onnx", () => {
  const references = loadTensors(join(fixtures, "models/nemotron-like/references.safetensors"));
  const reference = (name: string) => tensorOf(references, `flite_slt.${name}`).data;
  let model: AsrModel;
  beforeAll(async () => {
    model = await loadAsrModel(join(fixtures, "models/nemotron-like"), settings);
  });
  afterAll(() => model.close());

  it("has its features, sizes and vocabulary", () => {
    expect(model.name).toBe("nemotron-like");
    expect(model.features).toEqual({
      mels: 128,
      normalization: "none",
      filterbank: null,
      window: null,
    });
    expect(model.encoder).toMatchObject({
      shape: {
        layers: 3,
        width: 96,
        convolutionContext: 8,
        // Key and value of four heads in each of three layers.
        channelRows: 24,
        leftContext: 70,
        channelWidth: 24,
      },
      rightContexts: [1],
      hasExactFirstChunk: true,
      fixedFrames: null,
    });
    expect(model.decoder.shape).toEqual({
      encoderWidth: 96,
      predictorLayers: 2,
      predictorWidth: 64,
      outputs: 129,
    });
    expect(model.vocabulary.blank).toBe(128);
    expect(model).toMatchObject({ durations: null, languages: null, remarks: [] });
  });

  it("streams as NeMo does, including the first chunk", async () => {
    const steps = await streamThrough(streamingOf(model), logMel, { rightContext: 1 });
    expect(steps).toHaveLength(20);
    expect(largestDifference(joined(steps), reference("encoded"))).toBeLessThan(1e-4);
    for (const number of [1, 2, 20]) {
      const step = steps[number - 1]!;
      const time = reference(`step${number}.cache_last_time`);
      expect(largestDifference(step.lastTime, time)).toBeLessThan(1e-4);
    }
    expect(steps.map(({ lastChannelLength }) => Number(lastChannelLength))).toEqual(
      steps.map((_, index) => Math.min(70, 2 * (index + 1))),
    );
  });

  it("runs streams with different pasts together", async () => {
    const encoder = streamingOf(model);
    const steps = await streamThrough(encoder, logMel, { rightContext: 1 });
    // The first stream is before its fourth chunk, the second before its second.
    const signals = [cut(logMel, 32, 57), cut(logMel, 0, 25)];
    const singles = [steps[2]!, steps[0]!].map((past, index) =>
      nextStep(
        encoder,
        { ...past, lastChannelLength: BigInt64Array.of(past.lastChannelLength) },
        signals[index]!,
        { frames: 25, dropExtra: 2 },
      ),
    );
    const both = emptyCaches(encoder, 2);
    const stack = (target: Float32Array, name: "signal" | "lastChannel" | "lastTime") => {
      singles.forEach((single, index) => {
        target.set(single[name], index * single[name].length);
      });
      return target;
    };
    const step = {
      ...singles[0]!,
      batch: 2,
      signal: stack(new Float32Array(2 * 128 * 25), "signal"),
      lengths: BigInt64Array.of(25n, 25n),
      lastChannel: stack(both.lastChannel, "lastChannel"),
      lastTime: stack(both.lastTime, "lastTime"),
      lastChannelLength: BigInt64Array.of(6n, 2n),
    };
    const together = await encoder.run(step);
    const next = cachesAfter(encoder, step, together);
    for (const [index, single] of singles.entries()) {
      const alone = await encoder.run(single);
      const [found, expected] = [together.encoded[index]!, alone.encoded[0]!];
      expect(largestDifference(found.data, expected.data)).toBeLessThan(1e-5);
      const { lastChannel } = cachesAfter(encoder, single, alone);
      const size = lastChannel.length;
      const cache = next.lastChannel.subarray(index * size, (index + 1) * size);
      expect(largestDifference(cache, lastChannel)).toBeLessThan(1e-5);
    }
    expect(next.lastChannelLength).toEqual(BigInt64Array.of(8n, 4n));
  });

  it("decodes a batch like single streams, though an exporter fixed the batch", async () => {
    const { decoder } = model;
    const frames = 3;
    const encoded = reference("encoded").slice(0, 2 * frames * 96);
    const states = Float32Array.from({ length: 2 * 2 * 64 }, (_, index) => Math.sin(index));
    const lastTokens = Int32Array.of(5, 128);
    const step = { batch: 2, frames, encoded, lastTokens, hidden: states, cell: states };
    const both = await decoder.run(step);
    for (const stream of [0, 1]) {
      const own = Float32Array.from([0, 1].flatMap((layer) => rowOf(states, layer * 2 + stream)));
      const alone = await decoder.run({
        ...step,
        batch: 1,
        encoded: encoded.subarray(stream * frames * 96, (stream + 1) * frames * 96),
        lastTokens: lastTokens.slice(stream, stream + 1),
        hidden: own,
        cell: own,
      });
      const logits = both.logits.subarray(stream * frames * 129, (stream + 1) * frames * 129);
      expect(largestDifference(logits, alone.logits)).toBeLessThan(1e-5);
      expect(alone.hidden.slice(0, 64)).toEqual(Float32Array.from(rowOf(both.hidden, stream)));
    }
    function rowOf(values: Float32Array, row: number): number[] {
      return Array.from(values.subarray(row * 64, (row + 1) * 64));
    }
  });
});

describe("a TDT export for onnx-asr", () => {
  const references = loadTensors(join(fixtures, "models/parakeet-tdt-like/references.safetensors"));
  const reference = (name: string) => tensorOf(references, name);
  let model: AsrModel;
  beforeAll(async () => {
    model = await loadAsrModel(join(fixtures, "models/parakeet-tdt-like"), settings);
  });
  afterAll(() => model.close());

  it("encodes as NeMo does, alone and padded in a batch", async () => {
    expect(model).toMatchObject({
      features: { mels: 128, normalization: "per-feature" },
      durations: [0, 1, 2, 3, 4],
      decoder: { shape: { outputs: 134 } },
    });
    const { encoder } = model;
    if (encoder.type !== "offline") throw new TypeError("not an offline model");
    const long = reference("flite_slt.per_feature");
    const short = reference("tiny.per_feature");
    const [, frames = 0] = long.shape;
    const signal = new Float32Array(2 * 128 * frames);
    signal.set(long.data);
    for (let mel = 0; mel < 128; mel++) {
      signal.set(short.data.subarray(mel * 34, (mel + 1) * 34), (128 + mel) * frames);
    }
    const blocks = await encoder.run(signal, frames, BigInt64Array.of(309n, 33n));
    expect(blocks.map((block) => block.frames)).toEqual([39, 5]);
    const expected = ["flite_slt.encoded", "tiny.encoded"].map((name) => reference(name).data);
    blocks.forEach(({ data }, index) => {
      expect(largestDifference(data, expected[index]!)).toBeLessThan(1e-4);
    });
  });

  it("scores as NeMo's prediction network and joint do", async () => {
    const encoded = reference("flite_slt.encoded").data.slice(0, 8 * 96);
    const expected = reference("teacher.joint_logits").data;
    const tokens = [model.vocabulary.blank, ...reference("teacher.labels").data];
    let state = { hidden: new Float32Array(2 * 64), cell: new Float32Array(2 * 64) };
    for (const [step, token] of tokens.entries()) {
      const lastTokens = Int32Array.of(token);
      const next = await model.decoder.run({ batch: 1, frames: 8, encoded, lastTokens, ...state });
      for (let frame = 0; frame < 8; frame++) {
        const at = (frame * 13 + step) * 134;
        const logits = next.logits.subarray(frame * 134, (frame + 1) * 134);
        expect(largestDifference(logits, expected.subarray(at, at + 134))).toBeLessThan(2e-5);
      }
      state = { hidden: next.hidden.slice(), cell: next.cell.slice() };
    }
    expect(largestDifference(state.hidden, reference("teacher.h").data)).toBeLessThan(2e-5);
    expect(largestDifference(state.cell, reference("teacher.c").data)).toBeLessThan(2e-5);
  });
});

describe("our own layout", () => {
  it("supports several right contexts, and skips unavailable providers", async () => {
    const model = await loadAsrModel(builtinModel, {
      threads: 1,
      providers: process.platform === "darwin" ? ["cuda", "cpu"] : ["coreml", "cpu"],
    });
    expect(model).toMatchObject({
      name: "built-in recogniser",
      features: { mels: 80, normalization: "none" },
      encoder: { rightContexts: [1, 6], shape: { layers: 5, width: 144, channelWidth: 36 } },
      durations: null,
    });
    expect(model.remarks.join()).toMatch(/is not available on this platform|cannot be used/);
    await model.close();
    await model.close();
  });
});

describe("a converted checkpoint", () => {
  it("has its own features, contexts and tokenizer", async () => {
    const directory = mkdtempSync(join(tmpdir(), "parley-model-"));
    const checkpoint = await openCheckpoint(checkpointFile);
    try {
      await convertTransducer({ checkpoint, directory, precision: "fp32" });
      const model = await loadAsrModel(directory, settings);
      expect(model).toMatchObject({
        features: { mels: 128, normalization: "none" },
        encoder: { rightContexts: [1], hasExactFirstChunk: true, fixedFrames: null },
        vocabulary: { blank: 128 },
        durations: null,
        remarks: [],
      });
      expect(model.features.filterbank).toHaveLength(128 * 257);
      expect(model.features.window).toHaveLength(400);
      expect(model.vocabulary.sentencePieceModel).not.toBeNull();
      await model.close();
    } finally {
      await checkpoint.close();
      rmSync(directory, { recursive: true });
    }
  });
});

describe.skipIf(!existsSync(shared))("NeMo's bare export", () => {
  it("is completed by model_config.yaml, and streams at the widest context", async () => {
    const directory = mkdtempSync(join(tmpdir(), "parley-model-"));
    try {
      for (const file of ["encoder-model.onnx", "decoder_joint-model.onnx"]) {
        copyFileSync(join(shared, "onnx/R13", file), join(directory, file));
      }
      copyFileSync(
        join(fixtures, "models/nemotron-like/tokens.txt"),
        join(directory, "tokens.txt"),
      );
      writeFileSync(
        join(directory, "model_config.yaml"),
        [
          "preprocessor: { features: 128, normalize: NA }",
          "encoder: { att_context_size: [[70, 13], [70, 6], [70, 1], [70, 0]] }",
          "joint: { num_classes: 128 }",
        ].join("\n"),
      );
      const model = await loadAsrModel(directory, settings);
      const encoder = streamingOf(model);
      expect(encoder).toMatchObject({ rightContexts: [13], hasExactFirstChunk: true });
      const steps = await streamThrough(encoder, logMel, { rightContext: 13 });
      const expected = tensorOf(
        loadTensors(join(shared, "stream_R13.safetensors")),
        "flite_slt.encoded",
      );
      expect(largestDifference(joined(steps), expected.data)).toBeLessThan(1e-4);
      await model.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
