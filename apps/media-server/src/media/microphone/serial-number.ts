/** Serial number arithmetic (RFC 1982) on 32-bit RTP timestamps: `a - b`, negative when behind. */
export function timestampDistance(a: number, b: number): number {
  return (a - b) | 0;
}

/** Serial number arithmetic on 16-bit RTP sequence numbers: `a - b`, negative when behind. */
export function sequenceDistance(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}
