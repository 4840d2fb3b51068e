import type { EndingDetector } from "@parley/speech/contracts/ending-detector";

/** A witness of endings that may hold a model. */
export type ClosableEndingDetector = EndingDetector & {
  /** Idempotent. */
  close?(): Promise<void>;
};

/** A witness of endings that can be replaced while people talk. */
export class SwitchableEndingDetector implements EndingDetector {
  #inner: ClosableEndingDetector;
  readonly #running = new Set<Promise<unknown>>();

  constructor(inner: ClosableEndingDetector) {
    this.#inner = inner;
  }

  get name(): string {
    return this.#inner.name;
  }

  async probability(sound: Int16Array, signal: AbortSignal): Promise<number | null> {
    const answer = this.#inner.probability(sound, signal);
    this.#running.add(answer);
    try {
      return await answer;
    } finally {
      this.#running.delete(answer);
    }
  }

  /** Later questions go to the next one; the present one is closed once it has answered. */
  replace(next: ClosableEndingDetector): void {
    const former = this.#inner;
    this.#inner = next;
    void Promise.allSettled([...this.#running]).then(() => former.close?.());
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#inner.close?.();
  }
}
