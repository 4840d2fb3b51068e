import { gumbelNoise, type StepNoise } from "@parley/speech/magpie/decoding/gumbel-noise";

/** Times of each stream's steps, known from its noise, which the engine draws once per step. */
export class StepWatch {
  #times: number[][] = [];

  /** In milliseconds, of each stream since `clear`, in the order of their requests. */
  get times(): readonly (readonly number[])[] {
    return this.#times;
  }

  clear(): void {
    this.#times = [];
  }

  /** The noise of one more stream. */
  open(): StepNoise {
    const times: number[] = [];
    this.#times.push(times);
    const noise = gumbelNoise(this.#times.length);
    return (target) => {
      times.push(performance.now());
      noise(target);
    };
  }
}
