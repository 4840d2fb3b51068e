import { existsSync, readFileSync } from "node:fs";
import { loadAudio } from "../../testing/audio-fixtures";

/** The full reference set, made with NeMo 3.0.0, where it lies beside the repository. */
const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

export const hasReferences = existsSync(shared);

/** NeMo's result: token ids and the encoder frame of each. */
export type Answer = { ids: number[]; timestamps: number[] };

type StreamAnswer = Answer & { valid_only: Answer; offline_ids: number[] };
type OfflineAnswer = Answer & {
  text: string;
  durations?: number[];
  token_confidence: number[];
};
type Buffered = Record<
  string,
  {
    streams: Record<string, Answer>;
    contexts_samples: { left: number; chunk: number; right: number };
  }
>;

export const recordingNames = [
  "espeak_us",
  "flite_slt",
  "noisy_rms",
  "gap_gb",
  "long30",
  "silence2",
  "white2",
  "tiny",
];

export function recordings(names: readonly string[] = recordingNames): Map<string, Int16Array> {
  return new Map(names.map((name) => [name, loadAudio(new URL(`audio/${name}.wav`, shared))]));
}

export function archiveOf(model: string): URL {
  return new URL(`models/${model}/model.nemo`, shared);
}

function read(model: string, file: string): unknown {
  return JSON.parse(readFileSync(new URL(`models/${model}/${file}`, shared), "utf8"));
}

/** Results of cache-aware streaming, by recording. */
export function streamAnswers(model: string, rightContext: number): Record<string, StreamAnswer> {
  const { streams } = read(model, `stream_R${rightContext}.json`) as {
    streams: Record<string, StreamAnswer>;
  };
  return streams;
}

export function offlineAnswers(model: string): Record<string, OfflineAnswer> {
  return read(model, "offline.json") as Record<string, OfflineAnswer>;
}

export function bufferedAnswers(model: string): Buffered {
  return read(model, "buffered.json") as Buffered;
}
