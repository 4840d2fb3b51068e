import type { Clock } from "@parley/shared/async/clock";
import type { CommandContext } from "../command-context";

/** Input of the checks of `parley doctor`. */
export type CheckContext = Pick<CommandContext, "environment" | "platform" | "machine"> & {
  clock: Clock;
  /** Aborting it ends every check. */
  signal: AbortSignal;
};
