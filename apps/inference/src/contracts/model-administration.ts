import type { ModelAction, ModelsOverview } from "@parley/shared/protocol/models-api";

/** What an operator can see and do about models while the server runs. */
export type ModelAdministration = {
  overview(): Promise<ModelsOverview>;
  /**
   * Starts or stops something; what takes long goes on behind it and shows in the overview.
   *
   * @returns the overview as it is then
   * @throws AppError `not-found` for a name that is not known, `invalid-state` for what cannot be
   *   done with the model now
   */
  act(name: string, action: ModelAction): Promise<ModelsOverview>;
  /** Stops what runs. Idempotent. */
  close(): Promise<void>;
};
