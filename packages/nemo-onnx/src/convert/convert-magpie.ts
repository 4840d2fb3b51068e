import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelError } from "../errors";
import { decoder } from "../graphs/magpie/decoder";
import { localSampler } from "../graphs/magpie/local-sampler";
import { crossWidthOf } from "../graphs/magpie/magpie-shape";
import { textEncoder } from "../graphs/magpie/text-encoder";
import { Weights, type Weight } from "../graphs/weights";
import type { ConversionOptions } from "./conversion-options";
import { encodeSafetensors } from "./encode-safetensors";
import { withFreshDirectory } from "./with-fresh-directory";
import { readMagpieConfig, type MagpieConfig } from "./magpie-config";
import { magpieManifestSchema, type MagpieManifest } from "./magpie-manifest";
import { voiceNames } from "./voice-names";
import { withoutTensors } from "./without-tensors";
import { writeGraphs } from "./write-graphs";

/** Causal masks, which the graphs compute. */
const unused = [/\.self_attention\.causal_mask$/];
const configMember = "model_config.yaml";

/**
 * Writes the ONNX graphs of a Magpie text-to-speech model and the files that an engine needs
 * besides: `text_encoder.onnx`, `decoder.onnx`, `local_sampler.onnx`, `voices.safetensors` with
 * `baked_context` [voices, contextFrames, width], the configuration and all other members of the
 * checkpoint under their own names, and `parley.json`.
 *
 * @throws ModelError `unsupported` for a model that the graphs cannot express, `mismatch` when
 *   configuration and weights contradict each other, `refused` when the folder is not empty; the
 *   signal's reason; errors of the file system. No files remain then.
 */
export async function convertMagpie(options: ConversionOptions): Promise<MagpieManifest> {
  const { checkpoint, directory, signal } = options;
  const config = readMagpieConfig(checkpoint);
  const weights = new Weights(withoutTensors(checkpoint, unused));
  const voices = takeVoices(weights, config);
  const graphs = [textEncoder, decoder, localSampler].map((build) => build(config.shape, weights));
  weights.check();
  await voices.check(checkpoint.file);
  const manifest = manifestOf(options, config, await voiceNames(checkpoint, config));

  return withFreshDirectory(directory, async (folder) => {
    await writeGraphs(folder, graphs, options);
    const { voiceCount, contextFrames, shape } = config;
    const bakedContext = {
      shape: [voiceCount, contextFrames, shape.decoder.width],
      values: await voices.context.read(),
    };
    const encoded = encodeSafetensors({ baked_context: bakedContext });
    await writeFile(join(folder, "voices.safetensors"), encoded);
    for (const member of [configMember, ...checkpoint.members]) {
      await writeFile(join(folder, basename(member)), await checkpoint.readMember(member), {
        flag: "wx",
      });
    }
    await writeFile(join(folder, "parley.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    signal?.throwIfAborted();
    return manifest;
  });
}

type Voices = { context: Weight; check(file: string): Promise<void> };

function takeVoices(weights: Weights, config: MagpieConfig): Voices {
  const { voiceCount, contextFrames, shape } = config;
  const { width } = shape.decoder;
  const context = weights.take("baked_context_embedding.weight", [
    voiceCount,
    contextFrames * width,
  ]);
  // Length of each voice's context before padding; NeMo 3 always uses the padded context.
  weights.take("baked_context_embedding_len", [voiceCount]);
  const sizes = [
    { weight: weights.take("_baked_embedding_T", []), expected: contextFrames },
    { weight: weights.take("_baked_embedding_D", []), expected: width },
  ];
  const check = async (file: string) => {
    for (const { weight, expected } of sizes) {
      const [size] = await weight.read();
      if (size !== expected) {
        throw new ModelError("mismatch", `${file}: ${weight.name} is ${size}, not ${expected}`);
      }
    }
  };
  return { context, check };
}

function manifestOf(
  { checkpoint, sha256, precision }: ConversionOptions,
  { shape, inference, codes, contextFrames }: MagpieConfig,
  voices: readonly string[],
): MagpieManifest {
  const file = basename(checkpoint.file);
  return magpieManifestSchema.parse({
    format: 1,
    type: "magpie",
    name: file.replace(/\.nemo$/, ""),
    source: { file, sha256: sha256 ?? null },
    layers: shape.decoder.layers,
    width: shape.decoder.width,
    heads: shape.decoder.heads,
    crossWidth: crossWidthOf(shape),
    codebooks: shape.codebooks,
    frameStacking: shape.frameStacking,
    codes,
    textTokens: shape.textTokens,
    contextFrames,
    maxPositions: shape.decoder.positions,
    maxTextPositions: shape.encoder.positions,
    voices,
    precision,
    inference,
  });
}
