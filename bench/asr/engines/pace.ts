/** When each stream's chunks are due: all at one pace, spread evenly so that no two come at once. */
export type Schedule = {
  /** Milliseconds after the start at which a stream's chunk has been spoken to its end. */
  dueMs(stream: number, chunk: number): number;
  readonly chunks: number;
};

export function evenSchedule(streams: number, seconds: number, chunkMs: number): Schedule {
  return {
    dueMs: (stream, chunk) => (chunk + 1 + stream / streams) * chunkMs,
    chunks: Math.floor((seconds * 1_000) / chunkMs),
  };
}
