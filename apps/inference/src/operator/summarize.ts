import type {
  ModelJob,
  ModelState,
  ModelSummary,
  ModelUsage,
} from "@parley/shared/protocol/models-api";
import type { ModelFacts } from "@parley/models/hub/model-facts";
import type { LocalModel } from "@parley/models/local/inspect-local-model";
import type { ModelVariant } from "@parley/models/model-variant";
import { precisionChoices } from "@parley/models/precision-choices";
import type { ModelKind } from "@parley/models/registry/model-entry";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ModelTask } from "./model-task";

/** Kinds that can be chosen; codecs come with their voices. */
const choices: Partial<Record<ModelKind, { job: ModelJob; usage: ModelUsage }>> = {
  recognizer: { job: "hear", usage: "live" },
  synthesizer: { job: "speak", usage: "live" },
  "chat-model": { job: "think", usage: "live" },
  "turn-detector": { job: "take-turns", usage: "live" },
};

export type SummarySources = {
  local: LocalModel;
  /** Its own, and those of the models that it needs. */
  facts: ModelFacts;
  neededBytes: number | null;
  task: Pick<ModelTask, "state" | "progress" | "notice" | "problem"> | null;
  /** The variant in use for its job; null where that is another model. */
  active: ModelVariant | null;
  caution: string | null;
  /** The precision that its name alone stands for. */
  usual: Precision;
  /** Address of the hub. */
  endpoint: string;
};

/** Summary of a model for the operator; null for one that cannot be chosen. */
export function summarize(sources: SummarySources): ModelSummary | null {
  const { local, facts, neededBytes, task, active, caution, usual, endpoint } = sources;
  const { entry, bytes, conversions } = local;
  const choice = choices[entry.kind];
  if (choice === undefined) return null;
  const precisions = precisionChoices(entry, {
    checkpointBytes: facts.bytes,
    conversions,
    usual,
  });
  return {
    name: entry.name,
    title: entry.title,
    family: entry.family ?? entry.name,
    form: entry.form ?? null,
    job: choice.job,
    purpose: entry.purpose,
    caution,
    licence: facts.licence,
    pageUrl: `${endpoint}/${entry.repository}`,
    downloadBytes: sumOf(facts.bytes, neededBytes),
    diskBytes: conversions.reduce((sum, conversion) => sum + conversion.bytes, bytes),
    state: stateOf(task, local.presence === "here"),
    progress: task?.progress ?? null,
    notice: task?.notice ?? null,
    problem: task?.problem ?? null,
    isActive: active !== null,
    usage: choice.usage,
    precisions,
    activePrecision:
      active === null || precisions.length === 0 ? null : (active.precision ?? usual),
    isShipped: false,
    isDemonstration: false,
  };
}

function sumOf(own: number | null, needed: number | null): number | null {
  return own === null || needed === null ? null : own + needed;
}

function stateOf(task: Pick<ModelTask, "state" | "problem"> | null, isHere: boolean): ModelState {
  if (task?.state != null) return task.state;
  if (task?.problem != null) return "failed";
  return isHere ? "ready" : "absent";
}
