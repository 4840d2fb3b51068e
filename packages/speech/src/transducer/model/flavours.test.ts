import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadTensors, tensorOf } from "../../testing/audio-tensors";
import type { AsrModel, StreamingEncoder } from "./asr-model";
import { loadAsrModel } from "./load-asr-model";
import { GraphVariant } from "./testing/graph-variants";
import {
  cut,
  joined,
  largestDifference,
  nextStep,
  streamThrough,
  type RecordedStep,
} from "./testing/streaming-run";

// Exporters' own files are too large to be kept: each layout is made of the same weights by
// renaming and permuting, and must give the same numbers as NeMo's unchanged graph.

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const original = join(fixtures, "models/nemotron-like");
const settings = { threads: 1, providers: ["cpu"] as const };
const { data, shape } = tensorOf(
  loadTensors(join(fixtures, "mel128.safetensors")),
  "flite_slt.logmel",
);
const logMel = { data, mels: 128, frames: shape[1] ?? 0 };
const layerFirst = [1, 0, 2, 3];
const lastTwo = [0, 2, 1];

let directory: string;
let steps: RecordedStep[];
let logits: Float32Array;

async function score({ decoder }: AsrModel): Promise<Float32Array> {
  const encoded = steps[5]!.encoded;
  const states = Float32Array.from({ length: 2 * 64 }, (_, index) => Math.cos(index));
  const scored = await decoder.run({
    batch: 1,
    frames: 2,
    encoded,
    lastTokens: Int32Array.of(7),
    hidden: states,
    cell: states,
  });
  return Float32Array.from([...scored.logits, ...scored.hidden, ...scored.cell]);
}

function encoderOf({ encoder }: AsrModel): StreamingEncoder {
  if (encoder.type !== "streaming") throw new TypeError("not a cache-aware model");
  return encoder;
}

/** Loads the model in the folder and compares it with the original, including caches. */
async function expectSame(language?: number): Promise<AsrModel> {
  const model = await loadAsrModel(directory, settings);
  const found = await streamThrough(encoderOf(model), logMel, {
    rightContext: 1,
    ...(language === undefined ? {} : { language }),
  });
  expect(largestDifference(joined(found), joined(steps))).toBeLessThan(1e-5);
  expect(largestDifference(found.at(-1)!.lastTime, steps.at(-1)!.lastTime)).toBeLessThan(1e-5);
  expect(largestDifference(await score(model), logits)).toBeLessThan(1e-5);
  await model.close();
  return model;
}

const read = (name: string) => GraphVariant.read(join(original, name));

/** Prediction network and joint of the original, in one graph with NeMo's names. */
function fused(): GraphVariant {
  return read("decoder.onnx")
    .append(read("joiner.onnx"), { from: "outputs", to: "decoder_outputs" })
    .rename({
      "joined/encoder_outputs": "encoder_outputs",
      outputs: "prediction",
      "states.1": "input_states_1",
      "onnx::Slice_3": "input_states_2",
      states: "output_states_1",
      "162": "output_states_2",
    })
    .rename({ "joined/outputs": "outputs" });
}

/** Encoder with an additional input that no node reads: a prompted graph is not rebuilt. */
function prompted(): GraphVariant {
  return read("encoder.onnx")
    .addInput({ name: "prompt_index", elementType: "int64", dims: ["batch"] })
    .metadata({
      window_size: "25",
      normalize_type: "NA",
      prompt_dictionary: '{"en-US":0,"de-DE":3}',
      auto_prompt_id: "101",
    });
}

function layersFirst(nextPrefix: "" | "new_"): GraphVariant {
  const encoder = read("encoder.onnx");
  for (const cache of ["cache_last_channel", "cache_last_time"]) {
    encoder.permuteInput(cache, layerFirst).permuteOutput(`${cache}_next`, layerFirst);
  }
  const time = ["layers", "batch", 96, 8];
  return encoder
    .declare("cache_last_channel", { dims: [3, 1, 70, 96] })
    .declare("cache_last_time", { dims: [3, 1, 96, 8] })
    .declare("cache_last_time_next", { dims: time })
    .metadata({})
    .rename(
      nextPrefix === "new_"
        ? {
            cache_last_channel_next: "new_cache_last_channel",
            cache_last_time_next: "new_cache_last_time",
            cache_last_channel_next_len: "new_cache_last_channel_len",
          }
        : { cache_last_channel_next_len: "cache_last_channel_len_next" },
    );
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "parley-flavour-"));
  copyFileSync(join(original, "tokens.txt"), join(directory, "tokens.txt"));
  const parts = ["decoder.onnx", "joiner.onnx"].map((name) => join(directory, name));
  for (const part of parts) copyFileSync(join(original, basename(part)), part);
  prompted().write(join(directory, "encoder.onnx"));
  const model = await loadAsrModel(directory, settings);
  steps = await streamThrough(encoderOf(model), logMel, { rightContext: 1, language: 0 });
  logits = await score(model);
  await model.close();
  for (const part of [...parts, join(directory, "encoder.onnx")]) rmSync(part);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("flavours of one model", () => {
  it("patches a graph with external weights, in sherpa-onnx's int8 names", async () => {
    const path = (name: string) => join(directory, `${name}.int8.onnx`);
    read("encoder.onnx").writeWithData(path("encoder"), "encoder.data");
    for (const name of ["decoder", "joiner"])
      copyFileSync(join(original, `${name}.onnx`), path(name));
    const { encoder } = await expectSame();
    expect(encoder).toMatchObject({
      hasExactFirstChunk: true,
      maxBatch: Infinity,
      shape: { width: 96, channelWidth: 24 },
    });
    for (const name of ["encoder", "decoder", "joiner"]) rmSync(path(name));
  });

  it("reads parakeet-rs: layers first, processed_signal; with batches instead of one stream", async () => {
    layersFirst("")
      .rename({
        audio_signal: "processed_signal",
        length: "processed_signal_length",
        outputs: "encoded",
        encoded_lengths: "encoded_len",
      })
      .metadata({ chunk_size_output_frames: "2", pre_encode_cache: "9" })
      .write(join(directory, "encoder.onnx"));
    fused().write(join(directory, "decoder_joint.onnx"));
    const { encoder, features } = await expectSame();
    expect(encoder.maxBatch).toBe(Infinity);
    expect(features.normalization).toBe("none");
  });

  it("reads parakeet-rs's end-of-utterance model: audio_signal and new_cache outputs", async () => {
    layersFirst("new_").write(join(directory, "encoder.onnx"));
    await expectSame();
  });

  it("reads a prompted model with its languages", async () => {
    prompted().write(join(directory, "encoder.onnx"));
    const { languages } = await expectSame(3);
    expect(Object.fromEntries(languages ?? [])).toEqual({ "en-US": 0, "de-DE": 3, auto: 101 });
  });

  it("reads ONNX Runtime GenAI: frames before mels, wide targets, one frame a joint", async () => {
    rmSync(join(directory, "decoder_joint.onnx"));
    read("encoder.onnx")
      .permuteInput("audio_signal", lastTwo)
      .permuteOutput("outputs", lastTwo)
      .declare("audio_signal", { dims: [1, "time", 128] })
      .rename({ cache_last_channel_next_len: "cache_last_channel_len_next" })
      .metadata({})
      .write(join(directory, "encoder.onnx"));
    read("decoder.onnx")
      .permuteOutput("outputs", lastTwo)
      .remove(["target_length", "prednet_lengths"])
      .declare("targets", { elementType: "int64", dims: [1, 1] })
      .rename({
        "states.1": "h_in",
        "onnx::Slice_3": "c_in",
        outputs: "decoder_output",
        states: "h_out",
        "162": "c_out",
      })
      .write(join(directory, "decoder.onnx"));
    read("joiner.onnx")
      .permuteInput("encoder_outputs", lastTwo)
      .permuteInput("decoder_outputs", lastTwo)
      .declare("encoder_outputs", { dims: [1, 1, 96] })
      .declare("decoder_outputs", { dims: [1, 1, 64] })
      .rename({
        encoder_outputs: "encoder_output",
        decoder_outputs: "decoder_output",
        outputs: "joint_output",
      })
      .write(join(directory, "joint.onnx"));
    writeFileSync(
      join(directory, "genai_config.json"),
      JSON.stringify({
        model: { type: "nemotron_speech", num_mels: 128, chunk_samples: 2_560, blank_id: 128 },
      }),
    );
    writeFileSync(
      join(directory, "audio_processor_config.json"),
      JSON.stringify({ audio_params: { n_mels: 128, normalize: "NA" } }),
    );
    const { encoder, decoder } = await expectSame();
    expect([encoder.maxBatch, decoder.maxBatch]).toEqual([Infinity, 1]);
  });

  it("puts zero frames before the sound where every chunk must have the same length", async () => {
    read("encoder.onnx")
      .declare("audio_signal", { dims: [1, 128, 25] })
      .write(join(directory, "encoder.onnx"));
    const model = await loadAsrModel(directory, settings);
    const encoder = encoderOf(model);
    expect(encoder).toMatchObject({ fixedFrames: 25, hasExactFirstChunk: false });
    expect(model.remarks).toEqual([
      "encoder.onnx takes 25 frames, and the first chunk has fewer: " +
        "sixteen empty frames go before the sound",
    ]);
    const past = steps[2]!;
    const caches = { ...past, lastChannelLength: BigInt64Array.of(past.lastChannelLength) };
    const chunk = { frames: 25, dropExtra: 2 };
    const step = nextStep(encoder, caches, cut(logMel, 32, 57), chunk);
    const { encoded } = await encoder.run(step);
    expect(largestDifference(encoded[0]!.data, steps[3]!.encoded)).toBeLessThan(1e-5);
    await expect(encoder.run({ ...step, dropExtra: 0 })).rejects.toThrow("always drops 2");
    await model.close();
  });
});
