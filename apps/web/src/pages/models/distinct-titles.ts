import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** Adds the name to titles that several models share, so that no two rows read alike. */
export function withDistinctTitles(models: readonly ModelSummary[]): readonly ModelSummary[] {
  return models.map((model) => {
    const isShared = models.some(({ name, title }) => title === model.title && name !== model.name);
    return isShared ? { ...model, title: `${model.title} (${model.name})` } : model;
  });
}
