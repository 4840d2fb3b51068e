import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ctcHead } from "../graphs/ctc-head";
import { decoderJoint } from "../graphs/decoder-joint";
import { offlineEncoder } from "../graphs/offline-encoder";
import { streamingEncoder } from "../graphs/streaming-encoder";
import { Weights, type Weight } from "../graphs/weights";
import type { DeferredGraph, DeferredModel } from "../onnx/deferred-model";
import type { Precision } from "../quantization/precision";
import { withPrecision } from "../quantization/with-precision";
import type { ConversionOptions } from "./conversion-options";
import { encodeSafetensors } from "./encode-safetensors";
import { withFreshDirectory } from "./with-fresh-directory";
import { modelManifestSchema, type ModelManifest } from "./model-manifest";
import { readTransducerConfig, type TransducerConfig } from "./transducer-config";
import { writeModels } from "./write-models";

/**
 * Writes the ONNX graphs of a FastConformer transducer (RNN-T or TDT, cache-aware or offline, with
 * or without a CTC head or a language prompt) and the files that a recogniser needs besides:
 * `encoder.onnx`, `decoder_joint.onnx`, `ctc.onnx` for hybrid models, `tokens.txt`,
 * `tokenizer.model`, `preprocessor.safetensors` and `parley.json`.
 *
 * @throws ModelError `unsupported` for a model that the graphs cannot express or whose weights the
 *   precision cannot represent, `mismatch` when configuration and weights contradict each other,
 *   `refused` when the folder is not empty; the signal's reason; errors of the file system. No
 *   files remain then.
 */
export async function convertTransducer(options: ConversionOptions): Promise<ModelManifest> {
  const { checkpoint, directory, precision, sha256, signal } = options;
  const config = readTransducerConfig(checkpoint);
  const weights = new Weights(checkpoint);
  const features = featureWeights(config, weights);
  const models = modelsOf(config, weights, precision);
  weights.check();
  const manifest = manifestOf(
    { file: basename(checkpoint.file), sha256: sha256 ?? null },
    config,
    precision,
  );
  const tokenizer = await checkpoint.readMember(config.tokenizerModel);

  return withFreshDirectory(directory, async (folder) => {
    await writeModels(folder, models, options);
    await writeFile(join(folder, "preprocessor.safetensors"), await encodeFeatures(features));
    await writeFile(join(folder, "tokenizer.model"), tokenizer);
    await writeFile(join(folder, "tokens.txt"), tokenLines(config.vocabulary));
    await writeFile(join(folder, "parley.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    signal?.throwIfAborted();
    return manifest;
  });
}

/**
 * The models of the graphs. Only the encoder is converted to another precision: it has nearly all
 * of the weights. Prediction network and joint run once per token over one frame and decide between
 * tokens, so a lower precision would gain little and cost the most accuracy.
 */
function modelsOf(
  config: TransducerConfig,
  weights: Weights,
  precision: Precision,
): DeferredModel[] {
  const { encoder, decoder, hasCtcHead, languages } = config;
  // The name that sherpa-onnx's exports of prompted models use.
  const metadata = languages === null ? {} : { prompt_dictionary: JSON.stringify(languages) };
  return [
    withPrecision(asModel(encoderGraph(encoder, weights), metadata), precision),
    asModel(decoderJoint(decoder, weights)),
    ...(hasCtcHead ? [asModel(ctcHead(decoder, weights))] : []),
  ];
}

function encoderGraph(encoder: TransducerConfig["encoder"], weights: Weights): DeferredGraph {
  const { attention } = encoder;
  return attention.type === "full"
    ? offlineEncoder(encoder, weights)
    : streamingEncoder(encoder, attention, weights);
}

function asModel(graph: DeferredGraph, metadata: DeferredModel["metadata"] = {}): DeferredModel {
  return { irVersion: 8, producer: "parley", operatorSets: { "": 17 }, metadata, graph };
}

type FeatureWeights = { filterbank: Weight; window: Weight };

function featureWeights({ encoder: { mels } }: TransducerConfig, weights: Weights): FeatureWeights {
  return {
    filterbank: weights.take("preprocessor.featurizer.fb", [1, mels, 257]),
    window: weights.take("preprocessor.featurizer.window", [400]),
  };
}

async function encodeFeatures({ filterbank, window }: FeatureWeights): Promise<Uint8Array> {
  return encodeSafetensors({
    filterbank: { shape: filterbank.shape.slice(1), values: await filterbank.read() },
    window: { shape: window.shape, values: await window.read() },
  });
}

function tokenLines(vocabulary: readonly string[]): string {
  return [...vocabulary, "<blk>"].map((piece, id) => `${piece} ${id}\n`).join("");
}

function manifestOf(
  source: ModelManifest["source"],
  { normalization, encoder, durations }: TransducerConfig,
  precision: Precision,
): ModelManifest {
  const { attention, mels } = encoder;
  return modelManifestSchema.parse({
    format: 1,
    name: source.file.replace(/\.nemo$/, ""),
    source,
    features: { mels, normalization },
    encoder:
      attention.type === "full"
        ? { type: "offline" }
        : {
            type: "streaming",
            leftContext: attention.leftContext,
            rightContexts: attention.rightContexts,
          },
    durations,
    precision,
  });
}
