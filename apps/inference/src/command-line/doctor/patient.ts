import type { Clock } from "@parley/shared/async/clock";
import type { Surroundings } from "../surroundings";

/** All that a check may ask. */
export type Patient = Pick<Surroundings, "environment" | "platform" | "machine"> & {
  clock: Clock;
  /** Ends all waiting. */
  signal: AbortSignal;
};
