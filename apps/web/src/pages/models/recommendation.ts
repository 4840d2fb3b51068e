import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** The small recogniser that comes with Parley: enough to try it out, not to work with. */
export function isDemonstration({ job, isShipped }: ModelSummary): boolean {
  return job === "hear" && isShipped;
}

/** Nemotron Speech in its streaming form; of several exports the first. */
export function recommendedName(models: readonly ModelSummary[]): string | null {
  const isNemotronSpeech = ({ job, name }: ModelSummary) =>
    job === "hear" && /^nemotron-(speech-)?streaming/.test(name);
  return models.find(isNemotronSpeech)?.name ?? null;
}
