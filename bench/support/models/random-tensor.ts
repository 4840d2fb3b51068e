import type { CheckpointTensor } from "@parley/nemo-onnx/checkpoint/checkpoint";

/** Scales of norms, of weight-normed convolutions and of snakes; and the window of a spectrum. */
const ones = /norm.*weight|featurizer\.window|\.weight\.original0$|\.alpha$/;
/** Mel filters: their output goes through a logarithm, so it must be positive. */
const filterbank = "featurizer.fb";

/** A tensor whose values are made up when they are read, the same ones for the same name. */
export function randomTensor(name: string, shape: readonly number[]): CheckpointTensor {
  return {
    name,
    elementType: "float32",
    shape,
    read: () => {
      const count = shape.reduce((product, length) => product * length, 1);
      const values = new Float32Array(count);
      if (ones.test(name)) return Promise.resolve(values.fill(1));
      const isPositive = name.endsWith(filterbank);
      // Uniform with the variance that keeps a layer's scale: 1 / inputs.
      const inputs = Math.max(1, count / (shape[0] ?? 1));
      const bound = Math.sqrt(3 / inputs);
      let seed = seedOf(name);
      for (let index = 0; index < count; index++) {
        // xorshift32: fast, and good enough for noise.
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        const value = ((seed >>> 0) / 2 ** 31 - 1) * bound;
        values[index] = isPositive ? Math.abs(value) : value;
      }
      return Promise.resolve(values);
    },
  };
}

function seedOf(name: string): number {
  let seed = 7;
  for (let index = 0; index < name.length; index++) {
    seed = (seed * 31 + name.charCodeAt(index)) >>> 0;
  }
  return seed;
}
