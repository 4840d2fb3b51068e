import type { ModelJob, ModelState, ModelSummary } from "@parley/shared/protocol/models-api";
import type { LocalModel } from "@parley/models/local/inspect-local-model";
import type { ModelKind } from "@parley/models/registry/model-entry";
import type { ModelTask } from "./model-task";

const jobs: Record<ModelKind, ModelJob> = {
  recognizer: "hear",
  synthesizer: "speak",
  codec: "speak",
  "turn-detector": "take-turns",
  "chat-model": "think",
};

/** Summary of a model for the operator: its state on disk, and its running task. */
export function summarize(
  local: LocalModel,
  task: Pick<ModelTask, "state" | "progress" | "problem"> | null,
  isActive: boolean,
): ModelSummary {
  const { entry, bytes, conversions } = local;
  const isHere = local.presence === "here";
  return {
    name: entry.name,
    title: entry.title,
    job: jobs[entry.kind],
    purpose: entry.purpose,
    licence: entry.licence ?? "see the model's page",
    downloadBytes: entry.aboutBytes,
    diskBytes: conversions.reduce((sum, conversion) => sum + conversion.bytes, bytes),
    state: stateOf(task, isHere),
    progress: task?.progress ?? null,
    problem: task?.problem ?? null,
    isActive,
    isUsable: isHere && entry.kind === "recognizer",
    isShipped: false,
  };
}

function stateOf(task: Pick<ModelTask, "state" | "problem"> | null, isHere: boolean): ModelState {
  if (task?.state != null) return task.state;
  if (task?.problem != null) return "failed";
  return isHere ? "ready" : "absent";
}
