import type { DecoderShape, DecoderStep } from "../model/asr-model";
import type { BlockSearch } from "./block-search";

/**
 * Reusable input buffers of the decoder, in which many streams lie side by side. They grow to the
 * largest run, so the step that `gather` returns is valid until its next call.
 */
export class DecoderStepBuffers {
  readonly #shape: DecoderShape;
  #encoded = new Float32Array(0);
  #lastTokens = new Int32Array(0);
  #hidden = new Float32Array(0);
  #cell = new Float32Array(0);

  constructor(shape: DecoderShape) {
    this.#shape = shape;
  }

  /**
   * Gathers the inputs of a run.
   *
   * @param frames frames to be scored of each stream, padded with zeros where its block has fewer
   *   left: a dynamically quantised joint must not see leftovers of earlier runs
   */
  gather(searches: readonly BlockSearch[], frames: number): DecoderStep {
    const { encoderWidth, predictorLayers, predictorWidth } = this.#shape;
    const batch = searches.length;
    const encodedSize = batch * frames * encoderWidth;
    const stateSize = predictorLayers * batch * predictorWidth;
    this.#reserve(batch, encodedSize, stateSize);
    for (const [row, search] of searches.entries()) {
      const scored = Math.min(frames, search.remaining);
      const from = search.frame * encoderWidth;
      const to = row * frames * encoderWidth;
      this.#encoded.set(search.encoded.data.subarray(from, from + scored * encoderWidth), to);
      this.#encoded.fill(0, to + scored * encoderWidth, to + frames * encoderWidth);
      this.#lastTokens[row] = search.lastToken;
      for (let layer = 0; layer < predictorLayers; layer++) {
        const at = layer * predictorWidth;
        const place = (layer * batch + row) * predictorWidth;
        this.#hidden.set(search.hidden.subarray(at, at + predictorWidth), place);
        this.#cell.set(search.cell.subarray(at, at + predictorWidth), place);
      }
    }
    return {
      batch,
      frames,
      encoded: this.#encoded.subarray(0, encodedSize),
      lastTokens: this.#lastTokens.subarray(0, batch),
      hidden: this.#hidden.subarray(0, stateSize),
      cell: this.#cell.subarray(0, stateSize),
    };
  }

  #reserve(batch: number, encodedSize: number, stateSize: number): void {
    if (this.#encoded.length < encodedSize) this.#encoded = new Float32Array(encodedSize);
    if (this.#lastTokens.length < batch) this.#lastTokens = new Int32Array(batch);
    if (this.#hidden.length < stateSize) {
      this.#hidden = new Float32Array(stateSize);
      this.#cell = new Float32Array(stateSize);
    }
  }
}
