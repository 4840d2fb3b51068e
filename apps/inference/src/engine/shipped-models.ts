import type { ModelSummary } from "@parley/shared/protocol/models-api";

/** The recogniser that comes with Parley, by its name among the models. */
export const builtinRecognizer = "builtin";

const shipped = {
  licence: "Apache-2.0",
  downloadBytes: 0,
  diskBytes: 0,
  state: "ready",
  progress: null,
  problem: null,
  isShipped: true,
} as const;

/** What a first start works with: nothing of it is downloaded. */
export const shippedModels: readonly ModelSummary[] = [
  {
    ...shipped,
    name: builtinRecognizer,
    title: "Built-in recogniser",
    job: "hear",
    purpose:
      "A demonstration ear: it learnt synthetic voices only and understands people badly. Nemotron Speech hears people.",
    isActive: true,
    isUsable: true,
  },
  {
    ...shipped,
    name: "flite",
    title: "Flite",
    job: "speak",
    purpose: "A plain, quick English voice.",
    licence: "BSD-like",
    isActive: true,
    isUsable: false,
  },
];
