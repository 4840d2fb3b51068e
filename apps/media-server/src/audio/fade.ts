/** A linear fade-out over one frame, as a copy: cuts playout without a click. */
export function fadeOut(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * (1 - (index + 1) / frame.length)));
}

/** A linear fade-in over one frame, as a copy. */
export function fadeIn(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * ((index + 1) / frame.length)));
}
