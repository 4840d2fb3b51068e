import type { StreamingEncoder, StreamingEncoderResult, StreamingEncoderStep } from "../asr-model";

/** Result of one step of a stream. */
export type RecordedStep = {
  encoded: Float32Array;
  frames: number;
  lastChannel: Float32Array;
  lastTime: Float32Array;
  lastChannelLength: bigint;
};

type Features = { data: Float32Array; mels: number; frames: number };

/** Mel frames that each later chunk repeats. */
const repeated = 9;

/**
 * Streams features through an encoder by the exact schedule: first 1 + 8R frames with nothing
 * dropped, then 8(R + 1) after nine repeated ones; fewer than eight left over are dropped.
 *
 * @param language prompt index, for prompted models
 */
export async function streamThrough(
  encoder: StreamingEncoder,
  features: Features,
  { rightContext, language }: { rightContext: number; language?: number },
): Promise<RecordedStep[]> {
  const steps: RecordedStep[] = [];
  const step = 8 * (rightContext + 1);
  let state = emptyCaches(encoder, 1);
  let start = 0;
  for (let next = 1 + 8 * rightContext; ; next = Math.min(next + step, features.frames)) {
    const isFirst = start === 0;
    const from = isFirst ? 0 : start - repeated;
    const chunk = nextStep(encoder, state, cut(features, from, next), {
      frames: next - from,
      dropExtra: isFirst ? 0 : 2,
      language,
    });
    const result = await encoder.run(chunk);
    const [block] = result.encoded;
    if (block === undefined) throw new TypeError("no output");
    state = cachesAfter(encoder, chunk, result);
    steps.push({
      encoded: block.data,
      frames: block.frames,
      ...state,
      lastChannelLength: state.lastChannelLength[0] ?? 0n,
    });
    start = next;
    if (features.frames - start < 8) return steps;
  }
}

type Caches = Pick<StreamingEncoderStep, "lastChannel" | "lastTime" | "lastChannelLength">;

export function emptyCaches({ shape }: StreamingEncoder, batch: number): Caches {
  const { layers, width, convolutionContext } = shape;
  const { channelRows, leftContext, channelWidth } = shape;
  return {
    lastChannel: new Float32Array(batch * channelRows * leftContext * channelWidth),
    lastTime: new Float32Array(batch * layers * width * convolutionContext),
    lastChannelLength: new BigInt64Array(batch),
  };
}

/** Caches for the next step. */
export function cachesAfter(
  { shape }: StreamingEncoder,
  step: Pick<StreamingEncoderStep, "lastChannel">,
  { nextChannel, channelFrames, nextLastTime, nextLastChannelLength }: StreamingEncoderResult,
): Caches {
  const { leftContext, channelWidth } = shape;
  const room = leftContext * channelWidth;
  const size = channelFrames * channelWidth;
  const lastChannel = new Float32Array(step.lastChannel.length);
  for (let row = 0; row * room < lastChannel.length; row++) {
    const end = (row + 1) * room;
    lastChannel.set(step.lastChannel.subarray(row * room + size, end), row * room);
    lastChannel.set(nextChannel.subarray(row * size, (row + 1) * size), end - size);
  }
  return {
    lastChannel,
    lastTime: nextLastTime,
    lastChannelLength: BigInt64Array.from(nextLastChannelLength, BigInt),
  };
}

/** Step of one stream, padded where the graph fixes the number of frames. */
export function nextStep(
  encoder: StreamingEncoder,
  { lastChannel, lastTime, lastChannelLength }: Caches,
  signal: Float32Array,
  {
    frames,
    dropExtra,
    language,
  }: { frames: number; dropExtra: number; language?: number | undefined },
): StreamingEncoderStep {
  const room = encoder.fixedFrames ?? frames;
  const mels = signal.length / frames;
  const padded = new Float32Array(mels * room);
  for (let mel = 0; mel < mels; mel++) {
    padded.set(signal.subarray(mel * frames, (mel + 1) * frames), mel * room);
  }
  return {
    batch: 1,
    frames: room,
    dropExtra,
    signal: padded,
    lengths: BigInt64Array.of(BigInt(frames)),
    lastChannel,
    lastTime,
    lastChannelLength,
    languages: language === undefined ? null : [language],
  };
}

/** Columns of [mels, frames]. */
export function cut({ data, mels, frames }: Features, from: number, to: number): Float32Array {
  const part = new Float32Array(mels * (to - from));
  for (let mel = 0; mel < mels; mel++) {
    part.set(data.subarray(mel * frames + from, mel * frames + to), mel * (to - from));
  }
  return part;
}

/** Frames of all steps in one array. */
export function joined(steps: readonly RecordedStep[]): Float32Array {
  return Float32Array.from(steps.flatMap(({ encoded }) => Array.from(encoded)));
}

/** Largest difference of two arrays of equal length; infinite otherwise. */
export function largestDifference(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < one.length; index++) {
    largest = Math.max(largest, Math.abs((one[index] ?? 0) - (other[index] ?? 0)));
  }
  return largest;
}
