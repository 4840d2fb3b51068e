import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";

/** A checkpoint on which precisions are compared, and recordings for it. */
export type AccuracyModel = {
  name: string;
  file: string;
  /** WAV files. */
  recordings: string[];
  /** A safetensors file of log-mels, and how one recording is called in it. */
  features: { file: string; suffix: "logmel" | "per_feature" };
  settings: Partial<TransducerSettings>;
};

const streaming = { rightContext: 1, finish: "exact" } as const;
const whole = { isOffline: true };

const references = [
  { name: "nemotron-like", mels: 128, suffix: "logmel", settings: streaming },
  { name: "eou-like", mels: 128, suffix: "logmel", settings: streaming },
  { name: "parakeet-rnnt-like-tt", mels: 80, suffix: "per_feature", settings: whole },
  { name: "parakeet-rnnt-like-ff", mels: 80, suffix: "per_feature", settings: whole },
  { name: "parakeet-tdt-like", mels: 128, suffix: "per_feature", settings: whole },
  { name: "hybrid-ctc", mels: 80, suffix: "per_feature", settings: whole },
] as const;

/** The built-in model, and NeMo's small random ones where that set lies beside the repository. */
export function accuracyModels(repository: string): AccuracyModel[] {
  const fixtures = join(repository, "packages/speech/src/transducer/fixtures");
  const builtin: AccuracyModel = {
    name: "built-in",
    file: join(repository, "models/builtin/builtin.nemo"),
    recordings: wavesIn(join(fixtures, "audio")),
    features: { file: join(fixtures, "mel80.safetensors"), suffix: "logmel" },
    settings: { rightContext: 1, finish: "silence" },
  };
  const shared = join(repository, "../shared/fixtures/asr");
  if (!existsSync(shared)) return [builtin];
  const recordings = wavesIn(join(shared, "audio"));
  const others = references.map(({ name, mels, suffix, settings }) => ({
    name,
    file: join(shared, "models", name, "model.nemo"),
    recordings,
    features: { file: join(shared, `features/mel${mels}.safetensors`), suffix },
    settings,
  }));
  return [builtin, ...others];
}

function wavesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".wav"));
  return names.sort().map((name) => join(folder, name));
}
