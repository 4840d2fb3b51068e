import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { openSafetensors } from "../safetensors/open-safetensors";
import { convertMagpie } from "./convert-magpie";
import { magpieManifestSchema } from "./magpie-manifest";
import { GraphSession } from "../onnx/testing/graph-session";

const file = fileURLToPath(new URL("../../fixtures/magpie/voice/model.nemo", import.meta.url));

let parent = "";
let directory = "";
let checkpoint: Checkpoint;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "parley-convert-"));
  directory = join(parent, "model");
  checkpoint = await openCheckpoint(file);
});
afterEach(async () => {
  await checkpoint.close();
  await rm(parent, { recursive: true, force: true });
});

/** The checkpoint with some properties replaced. */
function withParts(parts: Partial<Checkpoint>): Checkpoint {
  const { file, config, tensors, members } = checkpoint;
  const readMember = (name: string) => checkpoint.readMember(name);
  const close = () => Promise.resolve();
  return { file, config, tensors, members, readMember, close, ...parts };
}

function withConfig(changes: Readonly<Record<string, unknown>>): Checkpoint {
  const document = parseDocument(stringify(checkpoint.config));
  for (const [path, value] of Object.entries(changes)) document.setIn(path.split("."), value);
  return withParts({ config: document.toJS() as unknown });
}

function convert(checkpoint: Checkpoint) {
  return convertMagpie({ checkpoint, directory, precision: "fp32" });
}

describe("convertMagpie", () => {
  it("writes all files of the model and returns its manifest", async () => {
    const progress: number[] = [];
    const manifest = await convertMagpie({
      checkpoint,
      directory,
      precision: "fp32",
      onProgress: ({ writtenBytes, totalBytes }) => progress.push(writtenBytes / totalBytes),
    });
    expect(progress.at(-1)).toBe(1);
    expect(manifest).toEqual({
      format: 1,
      type: "magpie",
      name: "model",
      source: { file: "model.nemo", sha256: null },
      layers: 4,
      width: 64,
      heads: 4,
      crossWidth: 32,
      codebooks: 8,
      frameStacking: 2,
      codes: 48,
      textTokens: 1_278,
      contextFrames: 11,
      maxPositions: 128,
      maxTextPositions: 160,
      voices: ["Aria", "Jason", "John", "Leo", "Sofia"],
      precision: "fp32",
      inference: {
        maxDecoderSteps: 64,
        temperature: 0.6,
        topK: 56,
        cfgScale: 2.5,
        minGeneratedFrames: 4,
        applyAttentionPrior: true,
        priorEpsilon: 0.1,
        lookahead: 6,
        estimateLayers: [2, 3],
        applyPriorToLayers: [1, 2],
        startPriorAfter: 0,
        ignoreFinishedSentenceTracking: true,
        eosDetection: "argmax_or_multinomial_any",
        argmaxTemperature: 0.01,
        attentionSinkThreshold: 4,
        historyLength: 20,
        priorWeightsInit: [0.5, 1, 0.8, 0.2, 0.2],
        priorWeights: [0.2, 1, 0.6, 0.4, 0.2, 0.2],
        finishedLimitWithEnd: 5,
        finishedLimitWithoutEnd: 1,
        finishedLimitFirstChunk: 20,
        forcedChunkEnd: 3,
        shortSentenceThreshold: 35,
        chunkSinkThreshold: 10,
        nearEndThreshold: 3,
      },
    });
    const written: unknown = JSON.parse(await readFile(join(directory, "parley.json"), "utf8"));
    expect(magpieManifestSchema.parse(written)).toEqual(manifest);
    const graphs = ["text_encoder", "decoder", "local_sampler"];
    expect((await readdir(directory)).sort()).toEqual(
      [
        ...graphs.flatMap((name) => [`${name}.onnx`, `${name}.onnx.data`]),
        ...checkpoint.members,
        "model_config.yaml",
        "parley.json",
        "voices.safetensors",
      ].sort(),
    );
    const { tensors, close } = await openSafetensors(join(directory, "voices.safetensors"));
    expect(tensors.get("baked_context")?.shape).toEqual([5, 11, 64]);
    await close();
  });

  it("declares the inputs and outputs that an engine uses", async () => {
    await convert(checkpoint);
    const decoder = (await GraphSession.open(directory, "decoder.onnx")).interface;
    const names = (part: string) =>
      [0, 1, 2, 3].flatMap((at) => [`${part}_k_${at}`, `${part}_v_${at}`]);
    expect(Object.keys(decoder.inputs).sort()).toEqual(
      [
        ...["prefix", "codes", "position", "self_bias", "cross_k", "cross_v", "text_bias"],
        ...["attn_prior", ...names("past")],
      ].sort(),
    );
    const outputs = ["hidden", "logits", "alignment", ...names("new")];
    expect(Object.keys(decoder.outputs).sort()).toEqual(outputs.sort());
    expect(decoder.inputs.past_k_0).toEqual(["float32", "past", "batch", 64]);
    expect(decoder.outputs.logits).toEqual(["float32", "batch", 16, 56]);
    const sampler = (await GraphSession.open(directory, "local_sampler.onnx")).interface;
    const settings = ["hidden", "gumbel", "token_bias", "cfg", "inv_temp", "forced"];
    expect(Object.keys(sampler.inputs)).toEqual(settings);
    expect(sampler.outputs).toMatchObject({ codes: ["int64", "batch", 16] });
  });

  it("reads the older layout's voices, names and defaults", async () => {
    const older = withParts({
      ...withConfig({
        speaker_map: null,
        inference_parameters: { prior_epsilon: 0.2, lookahead_window_size: 7 },
      }),
      members: checkpoint.members.filter((name) => !name.endsWith("speakers.json")),
    });
    expect(await convert(older)).toMatchObject({
      voices: ["John", "Sofia", "Aria", "Jason", "Leo"],
      inference: {
        maxDecoderSteps: 500,
        temperature: 0.7,
        priorEpsilon: 0.2,
        lookahead: 7,
        estimateLayers: null,
        applyPriorToLayers: null,
        attentionSinkThreshold: null,
      },
    });
  });

  it("names every unsupported value of the configuration", async () => {
    const error = await convert(
      withConfig({
        model_type: "decoder_context_tts",
        "decoder.use_moe": true,
        use_bpe_char_tokenizer: true,
        legacy_text_conditioning: true,
        local_transformer_type: "maskgit",
        vector_quantizer: { num_groups: 8 },
        "encoder.is_causal": false,
        "decoder.kernel_size": 3,
        "inference_parameters.eos_detection_method": "other",
      }),
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unsupported" });
    for (const part of [
      'model_type is "decoder_context_tts"',
      "decoder.use_moe is true",
      "use_bpe_char_tokenizer is true",
      "legacy_text_conditioning is true",
      'local_transformer_type is "maskgit": only autoregressive is supported',
      'vector_quantizer is {"num_groups":8}',
      "encoder.is_causal is false",
      "decoder.kernel_size is 3",
      'eos_detection_method is "other"',
    ]) {
      expect(String(error)).toContain(part);
    }
    expect(await readdir(parent)).toEqual([]);
  });

  it.each([
    [{ "decoder.d_model": 32 }, "decoder.d_model is 32 and embedding_dim is 64"],
    [{ "decoder.sa_n_heads": 5 }, "decoder.d_model is 64, which 5 heads do not divide"],
    [{ forced_audio_eos_id: 2_047 }, "forced_audio_eos_id is 2047; only 49 is supported"],
    [{ "inference_parameters.apply_prior_to_layers": [4] }, "apply_prior_to_layers has 4 of 4"],
    [{ frame_stacking_factor: 3 }, "audio_embeddings are 16 tables of 56 rows"],
    [{ "encoder.n_layers": 4 }, "encoder.layers.3.norm_self.weight is missing"],
    [
      { "decoder.max_length_causal_mask": 64 },
      "position_embeddings.weight is [128, 64], not [64, 64]",
    ],
    [
      { local_transformer_n_layers: 1 },
      "local_transformer.layers.1.norm_self.weight is unexpected",
    ],
  ])(
    "refuses a configuration that contradicts the weights or itself: %j",
    async (changes, message) => {
      await expect(convert(withConfig(changes))).rejects.toMatchObject({
        code: "mismatch",
        message: expect.stringContaining(message) as string,
      });
      expect(await readdir(parent)).toEqual([]);
    },
  );

  it.each([
    ['{"Aria": 0, "Jason": 1}', "mismatch"],
    ['{"Aria": 0, "Jason": 1, "John": 2, "Leo": 3, "Sofia": 5}', "mismatch"],
    ['["Aria"]', "malformed"],
    ["{", "malformed"],
  ])("refuses an invalid speaker map: %s", async (text, code) => {
    const readMember = () => Promise.resolve(Buffer.from(text));
    await expect(convert(withParts({ readMember }))).rejects.toMatchObject({ code });
  });
});
