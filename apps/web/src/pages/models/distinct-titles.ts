import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** Models with distinct titles: a title that several models share gets the name added. */
export function withDistinctTitles(models: readonly ModelSummary[]): readonly ModelSummary[] {
  return models.map((model) => {
    const isShared = models.some(({ name, title }) => title === model.title && name !== model.name);
    return isShared ? { ...model, title: `${model.title} (${model.name})` } : model;
  });
}
