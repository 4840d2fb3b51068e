import type { Clock } from "@parley/shared/async/clock";
import type { RoomId } from "@parley/shared/protocol/ids";
import { Timers } from "./timers";

/** Limit on rooms whose timers are kept; those that were opened longest ago go first. */
const maxRooms = 1_000;

/** Timers of all rooms: a link that is lost, and a room that nobody is in for a while, lose none. */
export class TimersByRoom {
  readonly #clock: Clock;
  readonly #rooms = new Map<RoomId, Timers>();

  /** @param signal aborting it cancels all */
  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    signal.addEventListener("abort", () => {
      for (const timers of this.#rooms.values()) timers.close();
      this.#rooms.clear();
    });
  }

  /** @returns the timers of a room, for a session that begins */
  of(roomId: RoomId): Timers {
    const timers = this.#rooms.get(roomId) ?? new Timers(this.#clock);
    this.#rooms.delete(roomId);
    this.#forgetIdle();
    this.#rooms.set(roomId, timers);
    return timers;
  }

  #forgetIdle(): void {
    for (const [roomId, timers] of this.#rooms) {
      if (timers.isIdle || this.#rooms.size >= maxRooms) {
        timers.close();
        this.#rooms.delete(roomId);
      }
    }
  }
}
