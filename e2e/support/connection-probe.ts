import type { Page } from "@playwright/test";

declare global {
  var parleyConnections: RTCPeerConnection[] | undefined;
}

/** Keeps hold of every peer connection that the page makes, to ask it for statistics. */
export async function installConnectionProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    globalThis.parleyConnections = connections;
    const Original = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  });
}

/** One figure of each audio stream of a direction. */
export async function audioStatistics(
  page: Page,
  type: "outbound-rtp" | "inbound-rtp",
  field: string,
): Promise<number[]> {
  return page.evaluate(
    async ([wanted, name]) => {
      const values: number[] = [];
      for (const connection of globalThis.parleyConnections ?? []) {
        if (connection.connectionState === "closed") continue;
        for (const entry of (await connection.getStats()).values()) {
          const report = entry as Record<string, unknown>;
          const value = report[name];
          if (report.type === wanted && report.kind === "audio" && typeof value === "number")
            values.push(value);
        }
      }
      return values;
    },
    [type, field] as const,
  );
}

/** The state of each open peer connection. */
export async function connectionStates(page: Page): Promise<RTCPeerConnectionState[]> {
  return page.evaluate(() =>
    (globalThis.parleyConnections ?? [])
      .map((connection) => connection.connectionState)
      .filter((state) => state !== "closed"),
  );
}

/** How many peer connections the page has made, closed ones included. */
export async function connectionsMade(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis.parleyConnections ?? []).length);
}

/** How media leaves the browser on each open connection: by which kind of candidate. */
export async function usedPaths(
  page: Page,
): Promise<{ candidate: string; relayedBy: string | null }[]> {
  return page.evaluate(async () => {
    const paths: { candidate: string; relayedBy: string | null }[] = [];
    for (const connection of globalThis.parleyConnections ?? []) {
      if (connection.connectionState !== "connected") continue;
      const report = await connection.getStats();
      const entries = [...report.values()] as Record<string, unknown>[];
      const used = entries.find(({ type, nominated, state }) => {
        return type === "candidate-pair" && nominated === true && state === "succeeded";
      });
      const local = entries.find(({ id }) => id === used?.localCandidateId);
      const relayedBy = local?.relayProtocol;
      paths.push({
        candidate: String(local?.candidateType),
        relayedBy: typeof relayedBy === "string" ? relayedBy : null,
      });
    }
    return paths;
  });
}
