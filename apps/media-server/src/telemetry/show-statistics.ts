import type { Counter } from "prom-client";
import type { MediaStatistics } from "../contracts/media-statistics";
import type { MediaMetrics } from "./media-metrics";

/** Puts the media thread's own counts in their metrics. They begin anew when it is restarted. */
export function showStatistics(
  { isReady, lagMs, calls, microphones, dropped }: MediaStatistics,
  metrics: MediaMetrics,
): void {
  metrics.isMediaReady.set(isReady ? 1 : 0);
  metrics.mediaLag.set(lagMs / 1_000);
  metrics.calls.set(calls);
  metrics.microphones.set(microphones.open);
  metrics.microphoneJitter.set({ of: "mean" }, microphones.meanJitterMs / 1_000);
  metrics.microphoneJitter.set({ of: "worst" }, microphones.maxJitterMs / 1_000);
  const { received, lost, ...refused } = microphones.packets;
  showTotals(metrics.microphonePackets, [[{}, received]]);
  showTotals(metrics.microphonePacketsLost, [[{}, lost]]);
  showTotals(
    metrics.microphonePacketsRefused,
    Object.entries(refused).map(([reason, count]) => [{ reason }, count]),
  );
  showTotals(metrics.droppedFrames, [
    [{ reason: "link-away" }, dropped.microphone],
    [{ reason: "reply-ended" }, dropped.lateReply],
    [{ reason: "reply-unknown" }, dropped.unknownReply],
    [{ reason: "out-of-order" }, dropped.outOfOrder],
    [{ reason: "reply-too-long" }, dropped.overflow],
  ]);
}

function showTotals(
  counter: Counter,
  totals: readonly (readonly [Record<string, string>, number])[],
): void {
  counter.reset();
  for (const [labels, total] of totals) counter.inc(labels, total);
}
