import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** True for the small recogniser that ships with Parley: for trying it out, not for work. */
export function isDemonstration({ job, isShipped }: ModelSummary): boolean {
  return job === "hear" && isShipped;
}

/** Name of the recommended model: the first export of Nemotron Speech Streaming, or null. */
export function recommendedName(models: readonly ModelSummary[]): string | null {
  const isNemotronSpeech = ({ job, name }: ModelSummary) =>
    job === "hear" && /^nemotron-(speech-)?streaming/.test(name);
  return models.find(isNemotronSpeech)?.name ?? null;
}
