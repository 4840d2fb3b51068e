import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { RoomTimer, RoomTimers } from "../../contracts/tool";

/** Limit on timers of one room. */
const maxTimers = 50;

/**
 * Timers and reminders of one room. They outlive its session: the next one is told what was due
 * meanwhile.
 */
export class Timers implements RoomTimers {
  readonly #clock: Clock;
  readonly #timers = new Map<number, { timer: RoomTimer; cancel: () => void }>();
  #overdue: RoomTimer[] = [];
  #onDue: ((timer: RoomTimer) => void) | null = null;
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when nobody will ever hear of it again. */
  get isIdle(): boolean {
    return this.#onDue === null && this.#timers.size === 0 && this.#overdue.length === 0;
  }

  /** @param onDue told of timers that are due, and of those that were @returns ends that */
  attach(onDue: (timer: RoomTimer) => void): () => void {
    this.#onDue = onDue;
    for (const timer of this.#overdue.splice(0)) onDue(timer);
    return () => {
      if (this.#onDue === onDue) this.#onDue = null;
    };
  }

  set(parts: Omit<RoomTimer, "id">): RoomTimer {
    if (this.#timers.size >= maxTimers) {
      throw new AppError("at-capacity", `There are ${maxTimers} timers already.`);
    }
    const timer: RoomTimer = { ...parts, id: ++this.#lastId };
    const waitMs = timer.dueAtMs - this.#clock.now();
    const cancel = this.#clock.schedule(Math.max(0, waitMs), () => {
      this.#timers.delete(timer.id);
      if (this.#onDue === null) this.#overdue = [...this.#overdue, timer].slice(-maxTimers);
      else this.#onDue(timer);
    });
    this.#timers.set(timer.id, { timer, cancel });
    return timer;
  }

  list(): RoomTimer[] {
    const timers = [...this.#timers.values()].map(({ timer }) => timer);
    return timers.sort((a, b) => a.dueAtMs - b.dueAtMs);
  }

  cancel(id: number): RoomTimer | null {
    const known = this.#timers.get(id);
    if (known === undefined) return null;
    known.cancel();
    this.#timers.delete(id);
    return known.timer;
  }

  /** Cancels all. Idempotent. */
  close(): void {
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#overdue = [];
  }
}
