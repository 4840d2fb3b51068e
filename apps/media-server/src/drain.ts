import type { Clock } from "@parley/shared/async/clock";
import type { RoomHomes } from "./contracts/room-homes";
import type { RoomRegistry } from "./rooms/room-registry";

const lookEveryMs = 100;

export type DrainOptions = {
  rooms: Pick<RoomRegistry, "drain" | "busy">;
  homes: Pick<RoomHomes, "drain">;
  /** How long rooms may go on. */
  limitMs: number;
  clock: Clock;
};

/** The time between a request to stop and the end: no new rooms, and the present ones may end. */
export class Drain {
  readonly #options: DrainOptions;
  readonly #ending = new AbortController();
  #draining: Promise<void> | null = null;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#draining !== null;
  }

  /** Resolves once no room has people, the time is over, or `end` was called. Idempotent. */
  begin(): Promise<void> {
    return (this.#draining ??= this.#wait());
  }

  /** Nobody is waited for any longer. */
  end(): void {
    this.#ending.abort();
  }

  async #wait(): Promise<void> {
    const { rooms, homes, limitMs, clock } = this.#options;
    const { signal } = this.#ending;
    homes.drain();
    rooms.drain();
    const untilMs = clock.now() + limitMs;
    while (rooms.busy > 0 && clock.now() < untilMs && !signal.aborted) {
      await clock.delay(lookEveryMs, signal).catch(() => undefined);
    }
  }
}
