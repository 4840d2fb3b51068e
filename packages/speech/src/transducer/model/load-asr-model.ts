import { basename, resolve } from "node:path";
import type { DeviceSettings, ExecutionProvider } from "../../runtime/execution-providers";
import { ProviderFallback } from "../../runtime/execution-providers";
import type { FeatureSettings } from "../features/feature-settings";
import type { Vocabulary } from "../tokenizer/vocabulary";
import type { AsrModel, DecoderShape, TransducerDecoder } from "./asr-model";
import { checkOutputs } from "./check-outputs";
import { encoderStatements } from "./encoder-statements";
import { Mismatches } from "./mismatches";
import { findModelFiles } from "./model-files";
import {
  readDecoderGraphs,
  readEncoderGraph,
  type DecoderGraphs,
  type EncoderGraph,
} from "./model-graphs";
import { claimsAbout, type ModelStatement } from "./model-statements";
import { GraphOpener } from "./graph-opener";
import { readFeatures } from "./read-features";
import { readVocabulary } from "./read-vocabulary";
import { sidecarStatements } from "./sidecar-statements";
import { streamingSizes, type StreamingSizes } from "./streaming-sizes";

/** Model whose parts have been read and fit each other; no graph is open yet. */
type CheckedModel = {
  name: string;
  features: FeatureSettings;
  vocabulary: Vocabulary;
  encoder: EncoderGraph;
  encoderWidth: number;
  /** Null for an offline encoder. */
  sizes: StreamingSizes | null;
  decoder: DecoderGraphs;
  languages: AsrModel["languages"];
  statements: readonly ModelStatement[];
  remarks: readonly string[];
};

/**
 * Loads a FastConformer transducer from a folder of ONNX files in the layout of our own converter,
 * NeMo's `export()`, sherpa-onnx, onnx-asr, parakeet-rs or ONNX Runtime GenAI. The layout shows in
 * the names of files, inputs and outputs; nothing about a model is guessed.
 *
 * @param settings `providers`: execution providers, best first; those that cannot be used here are
 *   skipped with a remark; `device`: its memory is for weights and for the caches of streams
 * @throws AppError `model-mismatch` naming everything that is missing or does not fit
 */
export async function loadAsrModel(
  directory: string,
  settings: {
    threads: number;
    providers: readonly ExecutionProvider[];
    decoderProviders?: readonly ExecutionProvider[] | undefined;
    device?: DeviceSettings | undefined;
  },
): Promise<AsrModel> {
  const checked = await checkModel(directory);
  const providers = new ProviderFallback(settings.providers, settings.device);
  const { threads, decoderProviders } = settings;
  const ofDecoder =
    decoderProviders === undefined ? providers : new ProviderFallback(decoderProviders);
  const opener = new GraphOpener({ threads, providers }, { threads, providers: ofDecoder });
  try {
    return await openModel(checked, opener, providers);
  } catch (error) {
    await opener.close();
    throw error;
  }
}

async function checkModel(directory: string): Promise<CheckedModel> {
  const mismatches = new Mismatches();
  const files = await findModelFiles(resolve(directory), mismatches);
  const encoder = await readEncoderGraph(files, mismatches);
  const statements = await sidecarStatements(files, mismatches);
  if (encoder !== null) {
    statements.push(...encoderStatements(encoder.outline, encoder.graph, mismatches));
  }
  const widths = claimsAbout(statements, ({ width }) => width);
  const encoderWidth = mismatches.agree("encoder width", widths);
  const decoder = await readDecoderGraphs(files, encoderWidth, mismatches);
  const vocabulary = await readVocabulary(files, statements, mismatches);
  const isStreaming = encoder !== null && encoder.graph.caches !== null;
  const features = await readFeatures(files, statements, { isStreaming }, mismatches);
  const sizes = isStreaming ? streamingSizes(encoder.graph, statements, mismatches) : null;
  const languages = languagesOf(encoder, statements, mismatches);
  if (vocabulary !== null) {
    const tokens = mismatches.agree(
      "tokens",
      claimsAbout(statements, ({ tokens }) => tokens),
    );
    mismatches.requireEqual("tokens stated and listed", tokens, vocabulary.pieces.length);
    const outputs = decoder?.joint.outputs ?? null;
    if (outputs !== null) {
      checkOutputs(outputs, vocabulary.pieces.length, statements, mismatches);
    }
  }
  mismatches.throwIfAny();
  const width = encoderWidth ?? decoder?.joint.width ?? null;
  if (encoder === null || decoder === null || vocabulary === null || features === null) {
    throw new TypeError("an incomplete model passed its checks");
  }
  if (width === null) mismatches.add("neither encoder nor joint fixes the encoder's width");
  mismatches.throwIfAny();
  const name = claimsAbout(statements, ({ name }) => name)[0]?.value ?? basename(files.directory);
  return {
    name,
    features,
    vocabulary,
    encoder,
    encoderWidth: width ?? 0,
    sizes,
    decoder,
    languages,
    statements,
    remarks: files.remarks,
  };
}

async function openModel(
  model: CheckedModel,
  opener: GraphOpener,
  providers: ProviderFallback,
): Promise<AsrModel> {
  const { name, features, vocabulary, encoderWidth: width, sizes, languages } = model;
  const { predictor, joint } = model.decoder;
  const shape = {
    encoderWidth: width,
    predictorLayers: predictor.layers ?? 0,
    predictorWidth: predictor.width ?? 0,
    outputs: joint.outputs ?? 0,
  };
  const decoder = await opener.openDecoder(model.decoder, shape);
  shape.outputs = await countOutputs(decoder, shape, vocabulary.blank);
  const mismatches = new Mismatches();
  const tokens = vocabulary.pieces.length;
  const durations = checkOutputs(shape.outputs, tokens, model.statements, mismatches);
  mismatches.throwIfAny();
  const encoder = await opener.openEncoder(model.encoder, { sizes, width, mels: features.mels });
  return {
    name,
    features,
    vocabulary,
    encoder,
    decoder,
    durations,
    languages,
    // What a first run tells comes later.
    get remarks() {
      return [...model.remarks, ...providers.remarks, ...opener.remarks];
    },
    get placements() {
      return providers.placements;
    },
    runsOn: providers.inUse,
    close: () => opener.close(),
  };
}

/** Runs a decoder once, which proves that the graph runs, and counts its outputs. */
async function countOutputs(
  decoder: TransducerDecoder,
  { encoderWidth, predictorLayers, predictorWidth }: DecoderShape,
  blank: number,
): Promise<number> {
  const { logits } = await decoder.run({
    batch: 1,
    frames: 1,
    encoded: new Float32Array(encoderWidth),
    lastTokens: Int32Array.of(blank),
    hidden: new Float32Array(predictorLayers * predictorWidth),
    cell: new Float32Array(predictorLayers * predictorWidth),
  });
  return logits.length;
}

function languagesOf(
  encoder: EncoderGraph | null,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): AsrModel["languages"] {
  const input = encoder?.graph.language ?? null;
  if (input === null) return null;
  const [claim] = claimsAbout(statements, ({ languages }) => languages);
  if (claim === undefined) {
    mismatches.add(
      `the encoder has the language input ${input}, but no file has the prompt indices: put NeMo's ` +
        "model_config.yaml beside the graphs",
    );
    return null;
  }
  return new Map(Object.entries(claim.value));
}
