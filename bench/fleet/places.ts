import type { FleetPlaces } from "../../e2e/fleet/fleet";
import { TestNetwork } from "../../e2e/support/network/test-network";

export const entryHosts = ["media-1", "media-2"] as const;
export const workerHosts = ["inference-1", "inference-2"] as const;
/** Whose browsers are on hosts of their own, too. */
export const people = ["ada", "bea"] as const;

export function layNetwork(): TestNetwork {
  return new TestNetwork(["nats", "postgres", ...entryHosts, ...workerHosts, ...people]);
}

/** Each part on its own host. */
export function placesIn(network: TestNetwork): FleetPlaces {
  const [one, two] = entryHosts;
  const [first, second] = workerHosts;
  return {
    nats: network.host("nats"),
    postgres: network.host("postgres"),
    entries: [network.host(one), network.host(two)],
    workers: [network.host(first), network.host(second)],
  };
}
