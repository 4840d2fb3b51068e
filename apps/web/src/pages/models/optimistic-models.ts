import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { ModelRequest } from "../../api/models";

/** Models as pending requests will leave them, shown until the server has answered. */
export function optimisticModels(
  models: readonly ModelSummary[],
  requests: readonly ModelRequest[],
): readonly ModelSummary[] {
  return requests.reduce(
    (before, request) =>
      before.map((model) => (model.name === request.name ? afterRequest(model, request) : model)),
    models,
  );
}

function afterRequest(model: ModelSummary, { action }: ModelRequest): ModelSummary {
  const { state, isActive } = model;
  switch (action) {
    case "pull":
      // The server may have answered already, with a later state.
      return state === "absent" || state === "failed"
        ? { ...model, state: "pulling", progress: null, problem: null }
        : model;
    case "use":
      return (state === "ready" || state === "failed") && !isActive
        ? { ...model, state: "loading", problem: null }
        : model;
    case "cancel":
      return { ...model, state: "absent", progress: null };
    case "remove":
      return { ...model, state: "absent", progress: null, problem: null, diskBytes: 0 };
  }
}
