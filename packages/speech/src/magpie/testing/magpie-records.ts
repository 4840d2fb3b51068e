import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  magpieInferenceSchema,
  type MagpieInference,
} from "@parley/nemo-onnx/convert/magpie-manifest";
import { openSafetensors } from "@parley/nemo-onnx/safetensors/open-safetensors";

/** References made with NeMo, in an optional folder beside the repository; see its README. */
const fixtures = new URL("../../../../../../shared/fixtures/tts/", import.meta.url);

/** References within the repository; see their README. */
export const bundledFixtures = fileURLToPath(
  new URL("../../../../nemo-onnx/fixtures/magpie/", import.meta.url),
);

export const hasRecords = existsSync(fixtures);

export const recordedModels = ["s1", "s2"] as const;
export type RecordedModel = (typeof recordedModels)[number];

/** Inference parameters that a record changes, under NeMo's names. */
type ChangedParameters = {
  ignore_finished_sentence_tracking?: boolean;
  start_prior_after_n_audio_steps?: number;
  attention_prior_epsilon?: number;
  eos_detection_method?: MagpieInference["eosDetection"];
  cfg_scale?: number;
};

export type GreedyRecord = ChangedParameters & {
  name: string;
  by: "do_tts" | "infer_batch";
  cached: boolean;
  voice: number;
  attention_sink: number | null;
  tokens: number[];
  length: number;
  steps: number;
  attended: (number | null)[];
  window: ([number, number] | null)[];
  near_end: (number | null)[];
  end: { by: string };
};

export type ChunkRecord = Omit<GreedyRecord, "cached" | "by"> & {
  window_tokens: number[];
  left_offset: number;
  last_attended_before: number;
  end_of_text: boolean;
  negative_window_start_steps: number[];
};

export type LongRecord = {
  name: string;
  voice: number;
  attention_sink: number | null;
  max_decoder_steps: number;
  parameters: ChangedParameters;
  chunked_inference_config: {
    history_len_heuristic?: number;
    attention_sink_threshold?: number;
    forceful_chunk_end_threshold?: number;
  };
  chunks: ChunkRecord[];
};

export type SamplingRecord = {
  name: string;
  tokens: number[];
  voice: number;
  cached: boolean;
  attention_sink: number | null;
  temperature: number;
  steps: number;
  attended: number[];
};

export type RecordFiles = {
  greedy: GreedyRecord[];
  long: LongRecord[];
  sampling: SamplingRecord[];
};

export function recordPath(file: string): string {
  return fileURLToPath(new URL(file, fixtures));
}

/** The greedy records within the repository, and their tensors; decoded as s2 is. */
export async function readBundledGreedy(): Promise<{
  records: GreedyRecord[];
  tensor: (name: string) => Recorded;
}> {
  const text = readFileSync(`${bundledFixtures}voice/greedy.json`, "utf8");
  const tensor = await readTensorFile(`${bundledFixtures}voice/greedy.safetensors`);
  return { records: JSON.parse(text) as GreedyRecord[], tensor };
}

export function readRecords<Name extends keyof RecordFiles>(
  model: RecordedModel,
  name: Name,
): RecordFiles[Name] {
  const file = recordPath(`${model}/${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as RecordFiles[Name];
}

/** A recorded tensor's values; whole numbers come as floats. */
export type Recorded = { shape: readonly number[]; values: Float32Array };

export async function readTensors(
  model: RecordedModel,
  name: string,
): Promise<(tensor: string) => Recorded> {
  return await readTensorFile(recordPath(`${model}/${name}.safetensors`));
}

/** Reads all tensors of a safetensors file; they are found by name. */
export async function readTensorFile(path: string): Promise<(tensor: string) => Recorded> {
  const file = await openSafetensors(path);
  const read = new Map<string, Recorded>();
  for (const [tensor, stored] of file.tensors) {
    read.set(tensor, { shape: stored.shape, values: await stored.read() });
  }
  await file.close();
  return (tensor) => {
    const found = read.get(tensor);
    if (found === undefined) throw new TypeError(`no tensor ${tensor}`);
    return found;
  };
}

/** [codebook, frame] as one list per codebook, cut to `frames`. */
export function codeLists({ shape, values }: Recorded, frames: number): number[][] {
  const [books = 0, all = 0] = shape;
  return Array.from({ length: books }, (_, book) =>
    Array.from(values.subarray(book * all, book * all + frames)),
  );
}

/** Row `index` of a matrix. */
export function rowOf({ shape, values }: Recorded, index: number): Float32Array {
  const columns = shape.at(-1) ?? 0;
  return values.subarray(index * columns, (index + 1) * columns);
}

/** Inference parameters of each model's archive. */
const ownParameters: Record<RecordedModel, Partial<MagpieInference>> = {
  s1: { maxDecoderSteps: 48, lookahead: 5 },
  s2: { maxDecoderSteps: 64, lookahead: 6, estimateLayers: [2, 3], applyPriorToLayers: [1, 2] },
};

/** The inference parameters of a record. */
export function recordedInference(
  model: RecordedModel,
  record: ChangedParameters & { attention_sink: number | null },
  more: Partial<MagpieInference> = {},
): MagpieInference {
  return magpieInferenceSchema.parse({
    temperature: 0.6,
    topK: 80,
    cfgScale: record.cfg_scale ?? 2.5,
    minGeneratedFrames: 4,
    applyAttentionPrior: true,
    priorEpsilon: record.attention_prior_epsilon ?? 0.1,
    estimateLayers: null,
    applyPriorToLayers: null,
    startPriorAfter: record.start_prior_after_n_audio_steps ?? 0,
    ignoreFinishedSentenceTracking: record.ignore_finished_sentence_tracking ?? true,
    eosDetection: record.eos_detection_method ?? "argmax_or_multinomial_any",
    argmaxTemperature: 0.01,
    attentionSinkThreshold: record.attention_sink,
    historyLength: 20,
    chunkSinkThreshold: 10,
    forcedChunkEnd: 3,
    priorWeightsInit: [0.5, 1, 0.8, 0.2, 0.2],
    priorWeights: [0.2, 1, 0.6, 0.4, 0.2, 0.2],
    finishedLimitWithEnd: 5,
    finishedLimitWithoutEnd: 1,
    finishedLimitFirstChunk: 20,
    shortSentenceThreshold: 35,
    nearEndThreshold: 3,
    ...ownParameters[model],
    ...more,
  });
}

/** The inference parameters of a record with several chunks. */
export function recordedLongInference(model: RecordedModel, record: LongRecord): MagpieInference {
  const config = record.chunked_inference_config;
  const changed = { ...record.parameters, attention_sink: record.attention_sink };
  return recordedInference(model, changed, {
    maxDecoderSteps: record.max_decoder_steps,
    historyLength: config.history_len_heuristic ?? 20,
    chunkSinkThreshold: config.attention_sink_threshold ?? 10,
    forcedChunkEnd: config.forceful_chunk_end_threshold ?? 3,
  });
}

/** Records in which NeMo did not search backwards out of its own window by mistake. */
export function soundLongRecords(model: RecordedModel): LongRecord[] {
  return readRecords(model, "long").filter(({ chunks }) =>
    chunks.every(({ negative_window_start_steps: mistakes }) => mistakes.length === 0),
  );
}
