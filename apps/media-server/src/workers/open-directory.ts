import { NatsLink } from "@parley/fleet/nats-link";
import { WorkerLeases } from "@parley/fleet/worker-leases";
import type { Clock } from "@parley/shared/async/clock";
import type { WorkerDirectory } from "../contracts/inference-worker";
import type { Log } from "../contracts/log";
import { FixedDirectory } from "./fixed-directory";
import { NatsDirectory } from "./nats-directory";

export type DirectorySettings = {
  inferenceUrls: readonly string[];
  inferenceKey: string | null;
  natsServers: readonly string[] | null;
};

/** The directory of workers that the settings name. It may be empty at first, and fills by itself. */
export function openDirectory(
  { inferenceUrls, inferenceKey, natsServers }: DirectorySettings,
  { clock, log }: { clock: Clock; log: Log },
): WorkerDirectory {
  if (natsServers === null) {
    return new FixedDirectory({ urls: inferenceUrls, key: inferenceKey, clock });
  }
  const link = new NatsLink({ servers: natsServers, name: "parley media-server", log });
  return new NatsDirectory({ leases: new WorkerLeases(link, log), clock });
}
