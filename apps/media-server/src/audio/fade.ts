/** A copy of the frame that falls linearly to silence: a cut without a click. */
export function fadeOut(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * (1 - (index + 1) / frame.length)));
}

/** A copy of the frame that rises linearly from silence. */
export function fadeIn(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * ((index + 1) / frame.length)));
}
