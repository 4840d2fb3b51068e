/** Fills `target` with standard Gumbel noise of one step: [frame × codebook, rank]. */
export type StepNoise = (target: Float32Array) => void;

/** 2⁻³²: scales a 32-bit number into [0, 1). */
const unit = 1 / 4_294_967_296;

/**
 * Noise for sampling by the Gumbel trick: the argmax of logit / T + noise is distributed as the
 * softmax of logit / T. The same seed gives the same noise on every machine.
 *
 * @param seed any number; its integer part modulo 2³² is used
 */
export function gumbelNoise(seed: number): StepNoise {
  const random = mulberry32(seed);
  return (target) => {
    for (let index = 0; index < target.length; index++) {
      // Half a unit up: never 0, never 1.
      target[index] = -Math.log(-Math.log((random() + 0.5) * unit));
    }
  };
}

/** Zeros, for greedy decoding. */
export const noNoise: StepNoise = (target) => {
  target.fill(0);
};

/** Tommy Ettinger's random generator; its 32 bits of state are enough for speech. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
