import { AppError } from "@parley/shared/errors";
import type { OnnxSession } from "../../runtime/onnx-session";

/** Sizes of a decoder, as its graph declares them: Tiny has 6 layers of 8 heads of 36, Base 8 of 52. */
export type DecoderShape = { layers: number; heads: number; width: number };

/** The publisher's name for a model of this size. */
export function nameOf({ width }: DecoderShape): string {
  return width === 36 ? "Moonshine Tiny" : width === 52 ? "Moonshine Base" : "Moonshine";
}

const cacheInput = /^past_key_values\.(\d+)\.decoder\.key$/;

/** @throws AppError `model-mismatch` when the graph is no merged decoder with caches */
export function readDecoderShape(session: Pick<OnnxSession, "inputs" | "file">): DecoderShape {
  const caches = [...session.inputs].filter(([name]) => cacheInput.test(name));
  const [, heads, , width] = caches[0]?.[1] ?? [];
  const hasRest = ["input_ids", "encoder_hidden_states", "use_cache_branch"].every((name) =>
    session.inputs.has(name),
  );
  if (typeof heads !== "number" || typeof width !== "number" || !hasRest) {
    throw new AppError("model-mismatch", `${session.file} is not a merged decoder with caches`);
  }
  return { layers: caches.length, heads, width };
}
