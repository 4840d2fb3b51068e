import type { Clock } from "@parley/shared/async/clock";
import type { Surroundings } from "../surroundings";

/** The environment and the machine, as the checks see them. */
export type Patient = Pick<Surroundings, "environment" | "platform" | "machine"> & {
  clock: Clock;
  /** Ends all waiting. */
  signal: AbortSignal;
};
