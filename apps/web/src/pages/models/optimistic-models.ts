import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { ModelRequest } from "../../api/models";

/** Models as pending requests will leave them, shown until the server has answered. */
export function optimisticModels(
  models: readonly ModelSummary[],
  requests: readonly ModelRequest[],
): readonly ModelSummary[] {
  return requests.reduce(
    (before, request) =>
      before.map((model) => (concerns(request, model) ? afterRequest(model, request) : model)),
    models,
  );
}

function concerns({ name }: ModelRequest, model: ModelSummary): boolean {
  return name.split(":")[0] === model.name;
}

function afterRequest(model: ModelSummary, { name, action }: ModelRequest): ModelSummary {
  const { state } = model;
  switch (action) {
    case "pull":
    case "adopt":
      // The server may have answered already, with a later state.
      return state === "absent" || state === "failed"
        ? { ...model, state: "pulling", progress: null, problem: null }
        : model;
    case "use":
      return (state === "ready" || state === "failed") && !isAlreadyUsed(model, name)
        ? { ...model, state: "loading", problem: null }
        : model;
    case "cancel":
      return { ...model, state: "absent", progress: null };
    case "remove":
      return { ...model, state: "absent", progress: null, problem: null, diskBytes: 0 };
  }
}

/** Whether the model is in use already, in this precision. */
function isAlreadyUsed({ isActive, activePrecision }: ModelSummary, target: string): boolean {
  const [, precision = activePrecision] = target.split(":");
  return isActive && precision === activePrecision;
}
