import type { EngineHouse } from "@parley/shared/protocol/house-api";
import type { ModelAction, ModelsOverview } from "@parley/shared/protocol/models-api";

/** Overview of the models on this machine, and the operator's actions on them. */
export type ModelAdministration = {
  overview(): Promise<ModelsOverview>;
  /** What hears, thinks and speaks; the hub is not asked. */
  house(): Promise<EngineHouse>;
  /**
   * Performs an action. Long ones go on in the background and show in the overview.
   *
   * @param name a model's, which a precision may follow: "nemotron-streaming-en:int8"
   * @returns the overview after the action was started
   * @throws AppError `not-found` for an unknown model, `invalid-state` for an action that its state
   *   does not allow
   */
  act(name: string, action: ModelAction): Promise<ModelsOverview>;
  /** Cancels running actions and waits for their end. Idempotent. */
  close(): Promise<void>;
};
