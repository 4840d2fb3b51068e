import type { StreamingShape } from "./asr-model";
import type { EncoderInterface } from "./encoder-interface";
import type { Mismatches } from "./mismatches";
import { claimsAbout, type ModelStatement } from "./model-statements";

export type StreamingSizes = { shape: StreamingShape; rightContexts: readonly number[] };

const remedy = "put NeMo's model_config.yaml beside the graphs, or a parley.json";

/**
 * Sizes of a cache-aware encoder that all files agree on.
 *
 * @returns null, with the reasons added to `mismatches`, when one is missing
 */
export function streamingSizes(
  { dropExtra }: EncoderInterface,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): StreamingSizes | null {
  const size = (
    name: "layers" | "width" | "leftContext" | "convolutionContext",
    what: string,
  ): number | null => {
    const claims = claimsAbout(statements, (statement) => statement[name]);
    if (claims.length === 0) mismatches.add(`no file states the ${what}: ${remedy}`);
    return mismatches.agree(what, claims);
  };
  const layers = size("layers", "encoder layers");
  const width = size("width", "encoder width");
  const leftContext = size("leftContext", "left context");
  const convolutionContext = size("convolutionContext", "left context of the convolutions");
  const rightContexts = rightContextsOf(dropExtra !== null, statements, mismatches);
  if (layers === null || width === null || rightContexts === null) return null;
  if (leftContext === null || convolutionContext === null) return null;
  const channelClaims = claimsAbout(statements, (statement) => statement.channelWidth);
  const channelWidth = mismatches.agree("values of a cached frame", channelClaims) ?? width;
  const rowClaims = claimsAbout(statements, (statement) => statement.channelRows);
  const channelRows = mismatches.agree("rows of cached frames", rowClaims) ?? layers;
  const kept = channelRows * channelWidth;
  // Per layer either a frame's attention input, or its key and its value.
  if (kept !== layers * width && kept !== 2 * layers * width) {
    mismatches.add(
      `cache_last_channel keeps ${channelRows} times ${channelWidth} values of a frame, ` +
        `with ${layers} layers of a width of ${width}`,
    );
  }
  const channel = { channelRows, channelWidth };
  return { shape: { layers, leftContext, width, ...channel, convolutionContext }, rightContexts };
}

/** @param isFree true for graphs whose right context follows from the size of the chunk */
function rightContextsOf(
  isFree: boolean,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): readonly number[] | null {
  const bakedClaims = claimsAbout(statements, ({ bakedRightContext }) => bakedRightContext);
  const baked = mismatches.agree("right context", bakedClaims);
  const trained = mismatches.agree(
    "right contexts",
    claimsAbout(statements, ({ trainedRightContexts }) => trainedRightContexts),
  );
  if (baked === null) {
    if (isFree && trained !== null) return trained;
    if (bakedClaims.length === 0) mismatches.add(`no file states the right context: ${remedy}`);
    return null;
  }
  if (!Number.isInteger(baked) || baked < 0) {
    mismatches.add(`right context ${baked} is not a number of frames`);
  } else if (trained?.includes(baked) === false) {
    mismatches.add(`right context ${baked} is not among the trained ones: ${trained.join(", ")}`);
  }
  return [baked];
}
