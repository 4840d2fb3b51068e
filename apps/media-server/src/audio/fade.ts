/** A linear fade-out over one frame, as a copy: cuts playout without a click. */
export function fadeOut(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * (1 - (index + 1) / frame.length)));
}

/** A linear change of volume over one frame, as a copy; the same frame at a steady full volume. */
export function withVolume(frame: Int16Array, from: number, to: number): Int16Array {
  if (from === 1 && to === 1) return frame;
  const step = (to - from) / frame.length;
  return frame.map((sample, index) => Math.round(sample * (from + step * (index + 1))));
}

/** A linear fade-in over one frame, as a copy. */
export function fadeIn(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * ((index + 1) / frame.length)));
}
