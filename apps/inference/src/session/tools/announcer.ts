import type { Clock } from "@parley/shared/async/clock";

/** Limit on what is kept for people to come back to. */
const maxWaiting = 20;

/** Says what the agent says of its own accord, and keeps it while nobody is there to hear it. */
export class Announcer {
  readonly #options: {
    clock: Clock;
    /** Pause after somebody came, so that their audio path is up. */
    arrivalMs: number;
    isAnybodyThere: () => boolean;
    say: (text: string) => void;
  };
  #waiting: string[] = [];
  #cancel: (() => void) | null = null;

  constructor(options: {
    clock: Clock;
    arrivalMs: number;
    isAnybodyThere: () => boolean;
    say: (text: string) => void;
  }) {
    this.#options = options;
  }

  say(text: string): void {
    if (this.#options.isAnybodyThere()) this.#options.say(text);
    else this.#waiting = [...this.#waiting, text].slice(-maxWaiting);
  }

  /** Somebody came. */
  joined(): void {
    if (this.#waiting.length === 0) return;
    const { clock, arrivalMs } = this.#options;
    this.#cancel?.();
    this.#cancel = clock.schedule(arrivalMs, () => {
      for (const text of this.#waiting.splice(0)) this.say(text);
    });
  }

  /** Idempotent. */
  close(): void {
    this.#cancel?.();
  }
}
