import type { Clock } from "@parley/shared/async/clock";

/** Speaks first, once, some time after the first person came. */
export class Greeting {
  readonly #options: { clock: Clock; delayMs: number; greet: () => void };
  #isOver: boolean;
  #cancel: (() => void) | null = null;

  constructor(options: {
    clock: Clock;
    /** Pause before it, so that the first member's audio path is up. */
    delayMs: number;
    /** The conversation has had its greeting, or there is none. */
    isOver: boolean;
    greet: () => void;
  }) {
    this.#options = options;
    this.#isOver = options.isOver;
  }

  /** Somebody came. */
  joined(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { clock, delayMs, greet } = this.#options;
    this.#cancel = clock.schedule(delayMs, greet);
  }

  /** Idempotent. */
  close(): void {
    this.#cancel?.();
  }
}
