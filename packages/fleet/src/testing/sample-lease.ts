import { agentLinkProtocol } from "@parley/shared/protocol/agent-link";
import type { WorkerCard, WorkerLease } from "@parley/shared/protocol/worker-card";

/** A worker that serves, with nothing to do. */
export function sampleCard(workerId: string, parts: Partial<WorkerCard> = {}): WorkerCard {
  return {
    workerId,
    protocol: agentLinkProtocol,
    version: "0.1.0",
    isReady: true,
    isDraining: false,
    models: { hears: "ear", thinks: "brain", speaks: "voice" },
    voices: ["slt"],
    languages: ["en"],
    capacity: 10,
    load: 0,
    chat: "answers",
    ...parts,
  };
}

export function sampleLease(
  workerId: string,
  url: string,
  parts: Partial<WorkerCard> = {},
): WorkerLease {
  return { url, card: sampleCard(workerId, parts) };
}
