/** A slot, as it is chosen: what it last held, and whether somebody has it. */
type Slot<Place> = { readonly place: Place; held: readonly string[]; isTaken: boolean };

/** A place that somebody has, until it is given back. */
export type TakenSlot<Place> = {
  readonly place: Place;
  /** @param lines that it holds from now on */
  giveBack(lines: readonly string[]): void;
};

type Waiter<Place> = { lines: readonly string[]; take: (slot: Slot<Place>) => void };

/**
 * Places for conversations in a model's memory, fewer than rooms. Each keeps what was computed for
 * the conversation that it had last; a conversation gets the free one that holds most of it. Who
 * comes when all are taken waits, first come, first served.
 */
export class ConversationSlots<Place> {
  /** The one that was not used for longest first. */
  #slots: Slot<Place>[];
  readonly #waiting: Waiter<Place>[] = [];

  constructor(places: readonly Place[]) {
    this.#slots = places.map((place) => ({ place, held: [], isTaken: false }));
  }

  /** @throws the signal's reason when it is aborted before a place is free */
  async take(lines: readonly string[], signal: AbortSignal): Promise<TakenSlot<Place>> {
    signal.throwIfAborted();
    const free = this.#bestFor(lines);
    if (free !== null) return this.#occupy(free);
    return await new Promise((resolve, reject) => {
      const waiter: Waiter<Place> = {
        lines,
        take: (slot) => {
          signal.removeEventListener("abort", giveUp);
          resolve(this.#occupy(slot));
        },
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #bestFor(lines: readonly string[]): Slot<Place> | null {
    const free = this.#slots.filter(({ isTaken }) => !isTaken);
    const [first = null] = free.toSorted(
      (one, other) => shared(other.held, lines) - shared(one.held, lines),
    );
    return first;
  }

  #occupy(slot: Slot<Place>): TakenSlot<Place> {
    slot.isTaken = true;
    return {
      place: slot.place,
      giveBack: (held) => {
        if (!slot.isTaken) return;
        slot.isTaken = false;
        slot.held = held;
        this.#slots = [...this.#slots.filter((other) => other !== slot), slot];
        const next = this.#waiting.shift();
        next?.take(slot);
      },
    };
  }
}

/** @returns how many lines two conversations begin with alike */
function shared(one: readonly string[], other: readonly string[]): number {
  const difference = one.findIndex((line, at) => line !== other[at]);
  return difference < 0 ? one.length : difference;
}
