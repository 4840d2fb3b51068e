import type { ModelAction, ModelsOverview } from "@parley/shared/protocol/models-api";

/** Overview of the models on this machine, and the operator's actions on them. */
export type ModelAdministration = {
  overview(): Promise<ModelsOverview>;
  /**
   * Performs an action. Long ones go on in the background and show in the overview.
   *
   * @returns the overview after the action was started
   * @throws AppError `not-found` for an unknown model, `invalid-state` for an action that its state
   *   does not allow
   */
  act(name: string, action: ModelAction): Promise<ModelsOverview>;
  /** Cancels running actions and waits for their end. Idempotent. */
  close(): Promise<void>;
};
