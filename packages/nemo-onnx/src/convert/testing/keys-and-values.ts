import { openCheckpoint } from "../../checkpoint/open-checkpoint";
import { zeros, type Floats } from "../../onnx/testing/graph-session";

/** `linear_k` and `linear_v` of one layer, concatenated: [2 · width, width], biases [2 · width]. */
type Projection = { weight: Float32Array; bias: Float32Array | null };

/** The projections of all encoder layers of a checkpoint. */
export async function readProjections(file: string): Promise<Projection[]> {
  const checkpoint = await openCheckpoint(file);
  const { tensors } = checkpoint;
  const joined = async (path: string, part: "weight" | "bias") => {
    const [key, value] = ["linear_k", "linear_v"].map((name) =>
      tensors.get(`${path}.${name}.${part}`),
    );
    if (key === undefined || value === undefined) return null;
    return Float32Array.from([...(await key.read()), ...(await value.read())]);
  };
  const projections: Projection[] = [];
  try {
    for (let layer = 0; ; layer++) {
      const path = `encoder.layers.${layer}.self_attn`;
      const weight = await joined(path, "weight");
      if (weight === null) return projections;
      projections.push({ weight, bias: await joined(path, "bias") });
    }
  } finally {
    await checkpoint.close();
  }
}

/**
 * The keys and values that NeMo computes from its cache in every run.
 *
 * @param cache inputs of the attention layers, [layers, frames, width]
 * @returns [layers · 2 · heads, frames, headWidth]: for each layer the keys first
 */
export function keysAndValues(
  { data, dims }: Floats,
  projections: readonly Projection[],
  headWidth: number,
): Floats {
  const [layers = 0, frames = 0, width = 0] = dims;
  const rows = (2 * width) / headWidth;
  const result = zeros([layers * rows, frames, headWidth]);
  for (const index of result.data.keys()) {
    const frame = Math.floor(index / headWidth) % frames;
    const row = Math.floor(index / headWidth / frames);
    const layer = Math.floor(row / rows);
    const output = (row % rows) * headWidth + (index % headWidth);
    const { weight, bias = null } = projections[layer] ?? {};
    const start = (layer * frames + frame) * width;
    let sum = bias?.[output] ?? 0;
    for (let input = 0; input < width; input++) {
      sum += (weight?.[output * width + input] ?? NaN) * (data[start + input] ?? NaN);
    }
    result.data[index] = sum;
  }
  return result;
}

/** The last `count` frames of each row of [rows, frames, values] or [1, rows, frames, values]. */
export function lastFrames({ data, dims }: Floats, count: number): Floats {
  const [rows = 0, frames = 0, values = 0] = dims.slice(-3);
  const parts = Array.from({ length: rows }, (_, row) =>
    data.subarray(((row + 1) * frames - count) * values, (row + 1) * frames * values),
  );
  const joined = Float32Array.from(parts.flatMap((part) => [...part]));
  return { data: joined, dims: [rows, count, values] };
}
