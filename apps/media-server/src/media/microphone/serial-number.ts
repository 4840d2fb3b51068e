/** How far `a` is ahead of `b` on RTP's 32-bit timestamp circle; negative when behind. */
export function timestampDistance(a: number, b: number): number {
  return (a - b) | 0;
}

/** How far `a` is ahead of `b` on RTP's 16-bit sequence circle; negative when behind. */
export function sequenceDistance(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}
