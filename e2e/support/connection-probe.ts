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

/** Sums one figure over all audio streams of a direction. */
export async function audioStatistic(
  page: Page,
  type: "outbound-rtp" | "inbound-rtp",
  field: string,
): Promise<number> {
  return page.evaluate(
    async ([wanted, name]) => {
      let sum = 0;
      for (const connection of globalThis.parleyConnections ?? []) {
        if (connection.connectionState === "closed") continue;
        for (const entry of (await connection.getStats()).values()) {
          const report = entry as Record<string, unknown>;
          const value = report[name];
          if (report.type === wanted && report.kind === "audio" && typeof value === "number")
            sum += value;
        }
      }
      return sum;
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
