import type { StreamingShape } from "./asr-model";

const bytesPerValue = 4;

/** Bytes of one stream's caches. */
export function cacheBytes(shape: StreamingShape): number {
  const { layers, width, convolutionContext } = shape;
  const { channelRows, leftContext, channelWidth } = shape;
  const values = channelRows * leftContext * channelWidth + layers * width * convolutionContext;
  return bytesPerValue * values;
}
