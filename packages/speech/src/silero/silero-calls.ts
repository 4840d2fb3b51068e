import type { SileroState } from "./silero-model";

/** Calls of the voice activity thread. */
export type SileroCalls = {
  step: (request: {
    window: Int16Array;
    state: SileroState;
  }) => Promise<{ probability: number; state: SileroState }>;
};
