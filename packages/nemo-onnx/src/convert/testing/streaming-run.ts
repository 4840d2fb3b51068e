import {
  columnsOf,
  floatTensor,
  int64Tensor,
  transposed,
  zeros,
  type Floats,
  type GraphSession,
} from "../../onnx/testing/graph-session";

/** Mel frames of the previous chunk that each later chunk repeats. */
const repeatedFrames = 9;

export type StreamingStep = {
  /** [frames, width]. */
  encoded: Floats;
  /** [1, layers · 2 · heads, leftContext, headWidth]. */
  lastChannel: Floats;
  /** [1, layers, width, convolutionContext]. */
  lastTime: Floats;
  lastChannelLength: number;
};

/** Input of a step: mel frames, including repeated ones, and encoder frames to drop. */
export type PlannedStep = { frames: number; drop: number };

/** The complete chunks of `frames` mel frames for a right context. */
export function planSteps(rightContext: number, frames: number): PlannedStep[] {
  const steps = [{ frames: 1 + 8 * rightContext, drop: 0 }];
  const chunk = 8 * (rightContext + 1);
  for (let end = 1 + 8 * rightContext + chunk; end <= frames; end += chunk) {
    steps.push({ frames: repeatedFrames + chunk, drop: 2 });
  }
  return steps;
}

/**
 * Encodes one stream, [mels, frames], step by step.
 *
 * @param promptIndex index of the stream's language, for prompted models
 */
export async function streamThrough(
  encoder: GraphSession,
  signal: Floats,
  steps: readonly PlannedStep[],
  promptIndex?: number,
): Promise<StreamingStep[]> {
  const { inputs } = encoder.interface;
  const dimsOf = (name: string) => (inputs[name] ?? []).slice(2).map(Number);
  let lastChannel = zeros([1, ...dimsOf("cache_last_channel")]);
  let lastTime = zeros([1, ...dimsOf("cache_last_time")]);
  let lastChannelLength = 0;
  let position = 0;
  const results: StreamingStep[] = [];
  for (const { frames, drop } of steps) {
    const start = position - (position === 0 ? 0 : repeatedFrames);
    position = start + frames;
    const chunk = columnsOf(signal, start, position);
    const outputs = await encoder.run({
      audio_signal: floatTensor({ data: chunk.data, dims: [1, ...chunk.dims] }),
      length: int64Tensor([frames]),
      cache_last_channel: floatTensor(lastChannel),
      cache_last_time: floatTensor(lastTime),
      cache_last_channel_len: int64Tensor([lastChannelLength]),
      drop_extra: int64Tensor([drop]),
      ...(promptIndex === undefined ? {} : { prompt_index: int64Tensor([promptIndex]) }),
    });
    lastChannel = shiftCache(lastChannel, outputs.floats("cache_last_channel_new"));
    lastTime = outputs.floats("cache_last_time_next");
    lastChannelLength = outputs.integers("cache_last_channel_next_len")[0] ?? NaN;
    const encoded = transposed(outputs.floats("outputs"));
    results.push({ encoded, lastChannel, lastTime, lastChannelLength });
  }
  return results;
}

/** A cache [1, rows, frames, values] with `added` appended and as many old frames removed. */
function shiftCache(cache: Floats, added: Floats): Floats {
  const next = zeros(cache.dims);
  const size = added.data.length / (cache.dims[1] ?? 0);
  const room = next.data.length / (cache.dims[1] ?? 0);
  for (let row = 0; row * room < next.data.length; row++) {
    const end = (row + 1) * room;
    next.data.set(cache.data.subarray(row * room + size, end), row * room);
    next.data.set(added.data.subarray(row * size, (row + 1) * size), end - size);
  }
  return next;
}

/** The encoded frames of all steps, concatenated. */
export function joinEncoded(steps: readonly StreamingStep[]): Floats {
  const width = steps[0]?.encoded.dims[1] ?? 0;
  const data = Float32Array.from(steps.flatMap(({ encoded }) => [...encoded.data]));
  return { data, dims: [data.length / width, width] };
}
