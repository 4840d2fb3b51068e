import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** What is the same for all models that were never downloaded: part of the install, or elsewhere. */
const plain = {
  form: null,
  caution: null,
  licence: null,
  pageUrl: null,
  downloadBytes: 0,
  diskBytes: 0,
  state: "ready",
  progress: null,
  notice: null,
  problem: null,
  isActive: true,
  usage: "fixed",
  activePrecision: null,
  isShipped: true,
  isDemonstration: false,
} as const;

type Described = Pick<ModelSummary, "name" | "title" | "job" | "purpose">;

/** Summary of a model that is there without a download. */
export function plainSummary(model: Described & Partial<ModelSummary>): ModelSummary {
  return { ...plain, family: model.name, precisions: [], ...model };
}
