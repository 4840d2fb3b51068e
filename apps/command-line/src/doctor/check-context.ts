import type { Clock } from "@parley/shared/async/clock";
import type { CommandContext } from "../command-context";

/** The environment and the machine, as the checks see them. */
export type CheckContext = Pick<CommandContext, "environment" | "platform" | "machine"> & {
  clock: Clock;
  /** Ends all waiting. */
  signal: AbortSignal;
};
