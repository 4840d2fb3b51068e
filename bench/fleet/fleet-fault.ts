import type { Fleet } from "../../e2e/fleet/fleet";
import type { TestNetwork } from "../../e2e/support/network/test-network";

/** A fleet on hosts of its own with one conversation, to which harm is to be done. */
export type FleetSite = {
  fleet: Fleet;
  network: TestNetwork;
  /** Index of the worker that has the room. */
  busyWorker: 0 | 1;
};

export type FleetFault = {
  name: string;
  /** What is done, in a line. */
  about: string;
  /**
   * Does the harm. Resolves when all that heals it has been done: what was killed runs again, cables are
   * in their sockets.
   */
  strike: (site: FleetSite) => Promise<void>;
};
