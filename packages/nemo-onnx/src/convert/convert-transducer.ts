import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { ctcHead } from "../graphs/ctc-head";
import { decoderJoint } from "../graphs/decoder-joint";
import { offlineEncoder } from "../graphs/offline-encoder";
import { streamingEncoder } from "../graphs/streaming-encoder";
import { Weights, type Weight } from "../graphs/weights";
import type { DeferredGraph, DeferredModel } from "../onnx/deferred-model";
import { sizeInBytes, writeModel } from "../onnx/write-model";
import type { Precision } from "../quantization/precision";
import { withPrecision } from "../quantization/with-precision";
import { encodeSafetensors } from "./encode-safetensors";
import { withFreshDirectory } from "./with-fresh-directory";
import { modelManifestSchema, type ModelManifest } from "./model-manifest";
import { readTransducerConfig, type TransducerConfig } from "./transducer-config";

export type ConversionProgress = { writtenBytes: number; totalBytes: number };

export type ConversionOptions = {
  checkpoint: Checkpoint;
  /** Absent or empty; it appears when the model is whole. */
  directory: string;
  /** Of the encoder: the other graphs are small, and stay in float32. */
  precision: Precision;
  /** The checkpoint's digest in lower-case hexadecimal, for `parley.json`. */
  sha256?: string;
  signal?: AbortSignal | undefined;
  /** Told after each tensor. */
  onProgress?: (progress: ConversionProgress) => void;
};

/**
 * Writes the ONNX graphs of a FastConformer transducer (RNN-T or TDT, cache-aware or offline, with
 * or without a CTC head or a language prompt) and what a recogniser needs beside them: `encoder.onnx`,
 * `decoder_joint.onnx`, `ctc.onnx` for hybrid models, `tokens.txt`, `tokenizer.model`,
 * `preprocessor.safetensors` and `parley.json`.
 *
 * @throws ModelError `unsupported` for a model that the graphs cannot express or whose weights do
 *   not fit the precision, `mismatch` when
 *   configuration and weights disagree, `refused` when the folder is not empty; the signal's
 *   reason; errors of the file system. Nothing is left then.
 */
export async function convertTransducer({
  checkpoint,
  directory,
  precision,
  sha256,
  signal,
  onProgress,
}: ConversionOptions): Promise<ModelManifest> {
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

  const tensors = models.flatMap(({ graph }) => graph.initializers);
  const totalBytes = tensors.reduce((sum, tensor) => sum + sizeInBytes(tensor), 0);
  let writtenBytes = 0;
  const onTensor = (bytes: number) => {
    writtenBytes += bytes;
    onProgress?.({ writtenBytes, totalBytes });
  };
  return withFreshDirectory(directory, async (folder) => {
    for (const model of models) {
      const path = join(folder, `${model.graph.name}.onnx`);
      await writeModel(path, model, { signal, onTensor });
    }
    await writeFile(join(folder, "preprocessor.safetensors"), await encodeFeatures(features));
    await writeFile(join(folder, "tokenizer.model"), tokenizer);
    await writeFile(join(folder, "tokens.txt"), tokenLines(config.vocabulary));
    await writeFile(join(folder, "parley.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    signal?.throwIfAborted();
    return manifest;
  });
}

/**
 * The encoder holds all but some hundredths of the weights. Prediction network and joint run once a
 * token, over one frame, and choose between tokens: little to win, and the most to lose.
 */
function modelsOf(
  config: TransducerConfig,
  weights: Weights,
  precision: Precision,
): DeferredModel[] {
  const { encoder, decoder, hasCtcHead, languages } = config;
  // Under the name that it has in sherpa-onnx's exports of prompted models.
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
