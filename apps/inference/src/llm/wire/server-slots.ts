import type { Clock } from "@parley/shared/async/clock";

/** A slot that a request has, until it is given back. */
export type ServerSlot = {
  /** Its number at the server, from 0. */
  readonly id: number;
  /** The server is done with the request: its answer is whole, or it was refused. */
  settle(): void;
  /** Lets others have it: at once if it was settled, else once it has rested. Idempotent. */
  giveBack(): void;
};

type Slot = {
  readonly id: number;
  isTaken: boolean;
  /** Whose prompt it holds. */
  conversation: string | null;
  /** A number that grows from use to use; 0 for one that nobody had yet. */
  lastUse: number;
  restsUntilMs: number;
};

type Waiter = { conversation: string | null; take: (slot: Slot) => void };

/**
 * Rest of a slot whose request was cut off. llama.cpp's server looks once a second whether a client
 * has left, and its cleaning up comes after; a request to the slot in the meantime has crashed it
 * (`GGML_ASSERT(!slot.is_processing())`).
 */
const restMs = 2_000;

/**
 * Slots of llama.cpp's server, each of which keeps the prompt that it computed last. A conversation
 * stays on one while there are enough, so that only what is new of its prompt is computed; while that
 * one is taken, or rests since its request was cut off, the conversation gets another. Who comes when
 * none is usable waits, first come, first served.
 */
export class ServerSlots {
  readonly #clock: Clock;
  #slots: Slot[];
  readonly #waiting: Waiter[] = [];
  #uses = 0;
  #cancelRest: () => void = () => undefined;

  /** @param count slots that the server has, at least 1 */
  constructor(count: number, clock: Clock) {
    this.#clock = clock;
    this.#slots = Array.from({ length: count }, (_, id) => ({
      id,
      isTaken: false,
      conversation: null,
      lastUse: 0,
      restsUntilMs: -Infinity,
    }));
  }

  get count(): number {
    return this.#slots.length;
  }

  /** The server has fewer slots: it would let requests to the others wait for ever. */
  limitTo(count: number): void {
    this.#slots = this.#slots.filter(({ id }) => id < Math.max(1, count));
  }

  /**
   * @param conversation whose prompt's beginning the slot may hold; null for nobody's
   * @throws the signal's reason when it is aborted before a slot is usable
   */
  async take(conversation: string | null, signal: AbortSignal): Promise<ServerSlot> {
    signal.throwIfAborted();
    const best = this.#waiting.length > 0 ? null : this.#bestFor(conversation);
    if (best !== null) return this.#occupy(best, conversation);
    return await new Promise((resolve, reject) => {
      const waiter: Waiter = {
        conversation,
        take: (slot) => {
          signal.removeEventListener("abort", giveUp);
          resolve(this.#occupy(slot, conversation));
        },
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        this.#serve();
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiter);
      this.#serve();
    });
  }

  /** The conversation's own of before, else the one that nobody has used for longest. */
  #bestFor(conversation: string | null): Slot | null {
    const now = this.#clock.now();
    const usable = this.#slots.filter(
      ({ isTaken, restsUntilMs }) => !isTaken && restsUntilMs <= now,
    );
    const own = usable.filter(
      (slot) => conversation !== null && slot.conversation === conversation,
    );
    const [last = null] = own.toSorted((one, other) => other.lastUse - one.lastUse);
    const [oldest = null] = usable.toSorted((one, other) => one.lastUse - other.lastUse);
    return last ?? oldest;
  }

  #occupy(slot: Slot, conversation: string | null): ServerSlot {
    slot.isTaken = true;
    slot.conversation = conversation;
    slot.lastUse = ++this.#uses;
    let isSettled = false;
    let isBack = false;
    return {
      id: slot.id,
      settle: () => {
        isSettled = true;
      },
      giveBack: () => {
        if (isBack) return;
        isBack = true;
        slot.isTaken = false;
        if (!isSettled) slot.restsUntilMs = this.#clock.now() + restMs;
        this.#serve();
      },
    };
  }

  /** Gives usable slots to those who wait, and looks again when the next one has rested. */
  #serve(): void {
    this.#cancelRest();
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      const best = this.#bestFor(next.conversation);
      if (best === null) break;
      this.#waiting.shift();
      next.take(best);
    }
    const resting = this.#slots.filter(({ isTaken }) => !isTaken);
    if (this.#waiting.length === 0 || resting.length === 0) return;
    const untilMs = Math.min(...resting.map(({ restsUntilMs }) => restsUntilMs));
    this.#cancelRest = this.#clock.schedule(untilMs - this.#clock.now(), () => {
      this.#serve();
    });
  }
}
