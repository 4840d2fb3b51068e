import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { RoomTimer, RoomTimers } from "../../contracts/tool";

/** Limit on timers of one room. */
const maxTimers = 50;

/** Timers and reminders of one room. They end with the room's session. */
export class Timers implements RoomTimers {
  readonly #clock: Clock;
  readonly #onDue: (timer: RoomTimer) => void;
  readonly #timers = new Map<number, { timer: RoomTimer; cancel: () => void }>();
  #lastId = 0;

  constructor(options: { clock: Clock; onDue: (timer: RoomTimer) => void }) {
    this.#clock = options.clock;
    this.#onDue = options.onDue;
  }

  set(parts: Omit<RoomTimer, "id">): RoomTimer {
    if (this.#timers.size >= maxTimers) {
      throw new AppError("at-capacity", `There are ${maxTimers} timers already.`);
    }
    const timer: RoomTimer = { ...parts, id: ++this.#lastId };
    const waitMs = timer.dueAtMs - this.#clock.now();
    const cancel = this.#clock.schedule(Math.max(0, waitMs), () => {
      this.#timers.delete(timer.id);
      this.#onDue(timer);
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
  }
}
