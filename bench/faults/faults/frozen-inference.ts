import { setTimeout as delay } from "node:timers/promises";
import { serverProcesses, signalProcesses } from "../../../e2e/support/processes";
import type { Fault } from "../fault";

const frozenMs = 20_000;

/** A process that is there and does nothing, as one that hangs or swaps. */
export const frozenInference: Fault = {
  name: "frozen-inference",
  about: "SIGSTOP of inference for 20 s",
  strike: async ({ port }) => {
    const ids = serverProcesses("inference", port);
    signalProcesses(ids, "SIGSTOP");
    await delay(frozenMs);
    signalProcesses(ids, "SIGCONT");
  },
  seen: /away/i,
};
