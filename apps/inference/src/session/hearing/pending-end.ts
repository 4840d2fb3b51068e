import type { Clock } from "@parley/shared/async/clock";

/**
 * Wait for the window that tells whether a loud one was the onset of speech: a window of voice
 * activity detection and a frame on its way, 32 and 20, rounded up.
 */
const onsetMs = 60;

export type PendingEndOptions = {
  clock: Clock;
  /** The last sound may be the beginning of more: the end is put off. */
  isOnsetPossible: () => boolean;
  onOver: () => void;
};

/** The end of a turn that comes unless somebody goes on. */
export class PendingEnd {
  readonly #options: PendingEndOptions;
  #cancel: (() => void) | null = null;

  constructor(options: PendingEndOptions) {
    this.#options = options;
  }

  /** Comes after `ms`, in place of any earlier one. */
  schedule(ms: number): void {
    const { clock, isOnsetPossible, onOver } = this.#options;
    this.#cancel?.();
    this.#cancel = clock.schedule(ms, () => {
      if (isOnsetPossible()) this.schedule(onsetMs);
      else onOver();
    });
  }

  /** Idempotent. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
