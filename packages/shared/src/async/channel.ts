/**
 * A bounded queue between a producer that pushes and a consumer that pulls.
 *
 * When full, `push` drops according to the policy and returns false, so that the owner can count
 * and report the loss:
 * - `drop-oldest`: drops the oldest item (live microphones: late sound is worth least);
 * - `refuse`: drops the new item (the producer must wait or fail).
 */
export class Channel<Item> implements AsyncIterable<Item> {
  readonly #capacity: number;
  readonly #policy: "drop-oldest" | "refuse";
  readonly #items: Item[] = [];
  #waiting: (() => void) | null = null;
  #state: "open" | "ended" = "open";
  #error: Error | null = null;

  constructor(options: { capacity: number; policy: "drop-oldest" | "refuse" }) {
    if (options.capacity < 1) throw new TypeError(`capacity ${options.capacity} is below 1`);
    this.#capacity = options.capacity;
    this.#policy = options.policy;
  }

  /** Items waiting to be pulled. */
  get size(): number {
    return this.#items.length;
  }

  /** @returns false when something was dropped: the oldest item, or this one. */
  push(item: Item): boolean {
    if (this.#state === "ended") return false;
    let kept = true;
    if (this.#items.length >= this.#capacity) {
      kept = false;
      if (this.#policy === "refuse") return false;
      this.#items.shift();
    }
    this.#items.push(item);
    this.#wake();
    return kept;
  }

  /**
   * Ends the channel: queued items are still delivered, then the iteration ends or throws `error`.
   * Idempotent.
   */
  end(error?: Error): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#error = error ?? null;
    this.#wake();
  }

  /** Iterates over the items, for one consumer only. Breaking out of the loop ends the channel. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, void> {
    try {
      for (;;) {
        const item = this.#items.shift();
        if (item !== undefined) {
          yield item;
        } else if (this.#state === "ended") {
          if (this.#error !== null) throw this.#error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#waiting = resolve;
          });
        }
      }
    } finally {
      this.end();
      this.#items.length = 0;
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.();
  }
}
