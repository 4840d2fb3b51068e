/**
 * Transposes features into an encoder's layout.
 *
 * @param frames [frames, mels]
 * @returns [mels, frames]
 */
export function toMelMajor(frames: Float32Array, mels: number): Float32Array {
  const count = frames.length / mels;
  const signal = new Float32Array(frames.length);
  for (let frame = 0; frame < count; frame++) {
    for (let mel = 0; mel < mels; mel++) {
      signal[mel * count + frame] = frames[frame * mels + mel] ?? 0;
    }
  }
  return signal;
}
