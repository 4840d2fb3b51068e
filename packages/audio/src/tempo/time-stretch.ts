import { joinSamples } from "../join-samples";
import { bestMatch } from "./best-match";

/** Length of what is laid over each other, ms: longer than a period of the deepest voice. */
const overlapMs = 15;
/** Reach of the search for a place that goes on as the sound did, ms: half a deep voice's period. */
const searchMs = 10;

/**
 * Changes the speed of speech at the same pitch, while it comes: WSOLA (Verhelst and Roelands, 1993).
 * Pieces of twice the overlap are taken from the sound at one pace and laid over each other at
 * another, each at the place near its own where the wave goes on as it would have.
 */
export class TimeStretch {
  readonly #speed: number;
  readonly #hop: number;
  readonly #reach: number;
  /** Rising half of the window; the falling half is what is missing to one. */
  readonly #rising: Float32Array;
  /** Faded end of the last piece. */
  #tail: Float32Array | null = null;
  #input: Int16Array = new Int16Array(0);
  /** Samples that were dropped before `#input`. */
  #dropped = 0;
  #received = 0;
  #made = 0;
  /** Place where the last piece would have gone on. */
  #natural = 0;
  #pieces = 0;

  /**
   * @param sampleRate Hz
   * @param speed 1 for the speed that it has, 2 for half the length
   */
  constructor(sampleRate: number, speed: number) {
    this.#speed = speed;
    this.#hop = Math.round((sampleRate * overlapMs) / 1_000);
    this.#reach = Math.round((sampleRate * searchMs) / 1_000);
    this.#rising = Float32Array.from(
      { length: this.#hop },
      (_, at) => 0.5 - 0.5 * Math.cos((Math.PI * (at + 0.5)) / this.#hop),
    );
  }

  /** @returns the sound that can be made so far, often none: some 40 ms wait */
  process(samples: Int16Array): Int16Array {
    this.#received += samples.length;
    this.#input = joinSamples([this.#input, samples]);
    return joinSamples([...this.#piecesSoFar()]);
  }

  /** Ends the sound; another may follow. @returns the rest of it, to the length that is due */
  flush(): Int16Array {
    const due = Math.round(this.#received / this.#speed);
    const made = this.#made;
    const pieces: Int16Array[] = [];
    while (this.#made < due) {
      this.#input = joinSamples([this.#input, new Int16Array(2 * (this.#hop + this.#reach))]);
      pieces.push(...this.#piecesSoFar());
    }
    this.#tail = null;
    this.#input = new Int16Array(0);
    this.#dropped = this.#received = this.#made = this.#natural = this.#pieces = 0;
    return joinSamples(pieces).slice(0, Math.max(0, due - made));
  }

  *#piecesSoFar(): Generator<Int16Array, void, void> {
    const [hop, reach] = [this.#hop, this.#reach];
    for (;;) {
      const ideal = Math.round(this.#pieces * hop * this.#speed);
      const needed = Math.max(ideal + reach + 2 * hop, this.#natural + hop);
      if (needed - this.#dropped > this.#input.length) break;
      yield this.#piece(ideal);
    }
    const next = Math.round(this.#pieces * hop * this.#speed) - reach;
    this.#dropTo(Math.min(next, this.#natural));
  }

  /** @param ideal place in the whole sound that is due */
  #piece(ideal: number): Int16Array {
    const hop = this.#hop;
    const start = this.#tail === null ? 0 : this.#startNear(ideal - this.#dropped);
    const piece = new Int16Array(hop);
    const tail = new Float32Array(hop);
    for (let at = 0; at < hop; at++) {
      const rising = this.#rising[at] ?? 0;
      const sample = this.#input[start + at] ?? 0;
      piece[at] = this.#tail === null ? sample : (this.#tail[at] ?? 0) + rising * sample;
      tail[at] = (1 - rising) * (this.#input[start + hop + at] ?? 0);
    }
    this.#tail = tail;
    this.#natural = this.#dropped + start + hop;
    this.#pieces++;
    this.#made += hop;
    return piece;
  }

  #startNear(ideal: number): number {
    const from = Math.max(0, ideal - this.#reach);
    const to = ideal + this.#reach;
    const natural = this.#natural - this.#dropped;
    const wanted = this.#input.subarray(natural, natural + this.#hop);
    return bestMatch(this.#input, { wanted, from, to });
  }

  /** Forgets the sound before a place in the whole. */
  #dropTo(place: number): void {
    const count = Math.min(Math.max(0, place - this.#dropped), this.#input.length);
    this.#input = this.#input.subarray(count);
    this.#dropped += count;
  }
}
