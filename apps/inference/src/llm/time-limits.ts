import type { Clock } from "@parley/shared/async/clock";

/** Waits for a chat server, in ms. */
export type ChatTimeLimits = {
  /** Until the first token; a server that loads its model needs long. Signs of life renew it. */
  firstTokenMs: number;
  /** Between two tokens, once there are any. */
  betweenTokensMs: number;
};

/** Signs of life renew the wait for the first token that many times over, and no more. */
const maxWaits = 5;

/** Watches one answer, and calls `onSilent` once when its server is silent for too long. */
export class TimeLimits {
  readonly #clock: Clock;
  readonly #limits: ChatTimeLimits;
  readonly #onSilent: () => void;
  readonly #latestFirstMs: number;
  #hasToken = false;
  #isResting = false;
  #cancel: () => void = () => undefined;

  constructor(options: { clock: Clock; limits: ChatTimeLimits; onSilent: () => void }) {
    this.#clock = options.clock;
    this.#limits = options.limits;
    this.#onSilent = options.onSilent;
    this.#latestFirstMs = options.clock.now() + options.limits.firstTokenMs * maxWaits;
    this.live();
  }

  /** Something came: the wait begins anew. */
  live(): void {
    this.#isResting = false;
    const { firstTokenMs, betweenTokensMs } = this.#limits;
    const leftMs = this.#latestFirstMs - this.#clock.now();
    this.#cancel();
    this.#cancel = this.#clock.schedule(
      this.#hasToken ? betweenTokensMs : Math.min(firstTokenMs, leftMs),
      this.#onSilent,
    );
  }

  /** Nothing is asked of the server at present: its silence is no failure until `live`. */
  rest(): void {
    this.#isResting = true;
    this.#cancel();
  }

  /** A token came, of the answer or of reasoning; it may have been on its way when the rest began. */
  token(): void {
    this.#hasToken = true;
    if (!this.#isResting) this.live();
  }

  close(): void {
    this.#cancel();
  }
}
