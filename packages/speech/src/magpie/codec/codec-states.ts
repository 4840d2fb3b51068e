import { freeTensors } from "../../runtime/device/shared-tensors";
import type { Tensor } from "../../runtime/tensors";

/**
 * What the codec remembers of a stream between its pieces. On a device each state is freed once: when
 * the next one takes its place, or when the stream ends, but never during a run.
 */
export class CodecStates {
  #tensors: readonly Tensor[];
  #isInUse = false;
  #isClosed = false;

  /** @param tensors those before the first frame */
  constructor(tensors: readonly Tensor[]) {
    this.#tensors = tensors;
  }

  /** Runs a piece: `run` is given the states and returns the next ones with its result. */
  async advance<Result>(
    run: (states: readonly Tensor[]) => Promise<{ result: Result; states: readonly Tensor[] }>,
  ): Promise<Result> {
    this.#isInUse = true;
    try {
      const { result, states } = await run(this.#tensors);
      freeTensors(this.#tensors);
      this.#tensors = states;
      return result;
    } finally {
      this.#isInUse = false;
      if (this.#isClosed) this.#free();
    }
  }

  /** Idempotent; during a run, the states are freed behind it. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isInUse) this.#free();
  }

  #free(): void {
    freeTensors(this.#tensors);
    this.#tensors = [];
  }
}
