import { FeatureExtractor } from "../features/feature-extractor";
import { hopSamples } from "../frame-rates";
import { windowSamples, type LogMel } from "../features/log-mel";

/** Frames at a window's front that reach back to its first sample: t with 160t − 200 ≤ 0. */
const leadingFrames = 2;
/** Samples that those frames reach. */
const leadingSamples = hopSamples * (leadingFrames - 1) + windowSamples / 2;

/**
 * Frames of a window that lie wholly within it, so that they equal the stream's; none for windows
 * off the stream's grid of frames or too short to save anything.
 */
export type InnerFrames = { from: number; to: number };

/**
 * @param start of the window in the stream, in samples
 * @param samples of the window
 */
export function innerFrames(start: number, samples: number): InnerFrames | null {
  const to = Math.floor((samples - windowSamples / 2) / hopSamples) + 1;
  return start % hopSamples === 0 && to > 2 * leadingFrames ? { from: leadingFrames, to } : null;
}

/**
 * Log-mels of a window as NeMo's preprocessor computes them for its samples alone: with zeros
 * around them and a restarted pre-emphasis. Only the frames at its edges are computed where the
 * inner ones are known.
 *
 * @param samples 16-bit, of the window
 * @param inner [frames, mels] of `innerFrames`, from the stream
 * @returns [⌊samples / 160⌋, mels]
 */
export function windowLogMels(
  logMel: LogMel,
  samples: Int16Array,
  inner: Float32Array | null,
): Float32Array {
  if (inner === null) return logMelsOf(logMel, samples);
  const { mels } = logMel;
  const leading = logMelsOf(logMel, samples.subarray(0, leadingSamples));
  // Two frames earlier than needed: only those two depend on where the extractor starts.
  const innerCount = inner.length / mels;
  const trailing = logMelsOf(logMel, samples.subarray(innerCount * hopSamples));
  const frames = new Float32Array(Math.floor(samples.length / hopSamples) * mels);
  frames.set(leading);
  frames.set(inner, leading.length);
  frames.set(trailing.subarray(leadingFrames * mels), leading.length + inner.length);
  return frames;
}

function logMelsOf(logMel: LogMel, samples: Int16Array): Float32Array {
  const extractor = new FeatureExtractor(logMel);
  const settled = extractor.push(samples);
  const remaining = extractor.remaining();
  const frames = new Float32Array(settled.length + remaining.length);
  frames.set(settled);
  frames.set(remaining, settled.length);
  return frames;
}
