/** Delay of sound on both ends of the server's own timings, in ms. */
export type SoundDelay = {
  /** From the microphone to the server: a packet has to fill before it leaves, and travels. */
  microphoneMs: number;
  /** From the server to the loudspeaker: the way, and the buffer that evens out the network. */
  playerMs: number;
};

/** Length of an Opus packet, in ms. */
const packetMs = 20;

/** Delay by the statistics of both transports; null while they have nothing to say. */
export function soundDelayOf(
  sending: RTCStatsReport,
  receiving: RTCStatsReport,
): SoundDelay | null {
  const buffers: number[] = [];
  for (const entry of entriesOf(receiving)) {
    const samples = numberIn(entry, "jitterBufferEmittedCount");
    const seconds = numberIn(entry, "jitterBufferDelay");
    if (entry.type === "inbound-rtp" && samples !== null && seconds !== null && samples > 0) {
      buffers.push((1_000 * seconds) / samples);
    }
  }
  if (buffers.length === 0) return null;
  return {
    microphoneMs: packetMs + roundTripMs(sending) / 2,
    playerMs: Math.max(...buffers) + roundTripMs(receiving) / 2,
  };
}

/** Time to the server and back, in ms; 0 while it is unknown. */
function roundTripMs(report: RTCStatsReport): number {
  const times = entriesOf(report)
    .filter(({ type, state }) => type === "candidate-pair" && state === "succeeded")
    .map((entry) => numberIn(entry, "currentRoundTripTime") ?? 0);
  return 1_000 * Math.max(0, ...times);
}

function entriesOf(report: RTCStatsReport): Record<string, unknown>[] {
  const entries: Record<string, unknown>[] = [];
  report.forEach((entry: Record<string, unknown>) => entries.push(entry));
  return entries;
}

function numberIn(entry: Record<string, unknown>, field: string): number | null {
  const value = entry[field];
  return typeof value === "number" ? value : null;
}
