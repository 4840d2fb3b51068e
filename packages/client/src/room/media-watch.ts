import type { Clock } from "@parley/shared/async/clock";

/**
 * Time without a media connection after which people are told, in ms: longer than any way in takes
 * that leads somewhere, and far shorter than browsers try, which is 15 s and more.
 */
const blockedAfterMs = 6_000;

/** Watch over media that should be connected: tells when it has not been for too long. */
export class MediaWatch {
  readonly #clock: Clock;
  readonly #onBlocked: () => void;
  #cancel: (() => void) | null = null;

  constructor(options: { clock: Clock; onBlocked: () => void }) {
    this.#clock = options.clock;
    this.#onBlocked = options.onBlocked;
  }

  /** Begins to count where media is missing, unless it is counting already; stops otherwise. */
  update(isMissing: boolean): void {
    if (!isMissing) this.stop();
    else this.#cancel ??= this.#clock.schedule(blockedAfterMs, this.#onBlocked);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
