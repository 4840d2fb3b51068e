import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { ModelOrder } from "../../api/models";

/** The models as the orders under way will leave them: shown until the server has answered. */
export function expectedModels(
  models: readonly ModelSummary[],
  orders: readonly ModelOrder[],
): readonly ModelSummary[] {
  return orders.reduce(
    (before, order) =>
      before.map((model) => (model.name === order.name ? afterOrder(model, order) : model)),
    models,
  );
}

function afterOrder(model: ModelSummary, { action }: ModelOrder): ModelSummary {
  const { state, isActive } = model;
  switch (action) {
    case "pull":
      // The server may already have answered, and be further on than this.
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
