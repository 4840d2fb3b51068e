import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { newId, type MemberId, type SeatToken } from "@parley/shared/protocol/ids";
import { lookAlikeKey } from "@parley/shared/protocol/plain-text";
import type { Member } from "@parley/shared/protocol/snapshot";
import { toMember, type Seat, type SeatHolder } from "./seat";

/** Limit on people in one room, not counting the agent. */
export const maxPeople = 32;

/**
 * Time that a seat is held for a browser that lost its connection: network timeouts run to 30 s,
 * and a phone in a tunnel takes longer.
 */
export const seatHoldMs = 90_000;

/** Limit on remembered names: transcripts of people who left may still arrive. */
const rememberedNames = 256;

/** Roster of a room: its seats. */
export class Roster {
  readonly #clock: Clock;
  readonly #agentName: string;
  readonly #onExpired: (memberId: MemberId) => void;
  readonly #seats = new Map<MemberId, Seat>();
  readonly #names = new Map<MemberId, string>();

  /** @param agentName The agent's name, which no person gets. */
  constructor(clock: Clock, agentName: string, onExpired: (memberId: MemberId) => void) {
    this.#clock = clock;
    this.#agentName = agentName;
    this.#onExpired = onExpired;
  }

  get people(): number {
    return [...this.#seats.values()].filter((seat) => !seat.isAgent).length;
  }

  list(): Member[] {
    return [...this.#seats.values()].map(toMember);
  }

  get(memberId: MemberId): Seat | undefined {
    return this.#seats.get(memberId);
  }

  /** Name of a present or former member. */
  nameOf(memberId: MemberId): string | undefined {
    return this.#names.get(memberId);
  }

  /** @throws AppError `room-full`. */
  addPerson(name: string, holder: SeatHolder): Seat {
    if (this.people >= maxPeople) {
      throw new AppError("room-full", `at most ${maxPeople} people fit into a room`, {
        isRetryable: true,
      });
    }
    return this.#add({ name: this.#uniqueName(name, null), isAgent: false, holder });
  }

  addAgent(name: string): Seat {
    return this.#add({ name, isAgent: true, holder: null });
  }

  /** Gives the seat to the connection that has its token; null when no seat has. */
  resume(token: SeatToken, wantedName: string, holder: SeatHolder): Seat | null {
    const seat = [...this.#seats.values()].find((one) => one.token === token);
    if (seat === undefined) return null;
    const name = this.#uniqueName(wantedName, seat);
    seat.cancelExpiry?.();
    seat.cancelExpiry = null;
    const earlier = seat.holder;
    seat.holder = holder;
    seat.name = name;
    this.#names.set(seat.memberId, name);
    if (earlier !== null && earlier !== holder) earlier.release("taken-over");
    return seat;
  }

  /** Starts holding a seat. @returns false when another connection has taken it over. */
  vacate(memberId: MemberId, holder: SeatHolder): boolean {
    const seat = this.#seats.get(memberId);
    if (seat?.holder !== holder) return false;
    seat.holder = null;
    seat.cancelExpiry = this.#clock.schedule(seatHoldMs, () => {
      this.#onExpired(memberId);
    });
    return true;
  }

  remove(memberId: MemberId): Seat | undefined {
    const seat = this.#seats.get(memberId);
    seat?.cancelExpiry?.();
    this.#seats.delete(memberId);
    return seat;
  }

  /** Removes every seat and releases its holder. */
  close(reason: string): void {
    for (const seat of [...this.#seats.values()]) {
      this.remove(seat.memberId);
      seat.holder?.release(reason);
    }
  }

  /** A person's name, numbered when another member's, or the agent's, looks the same: "Ann 2". */
  #uniqueName(name: string, own: Seat | null): string {
    const others = [...this.#seats.values()].filter((seat) => seat !== own);
    const taken = new Set(others.map((seat) => lookAlikeKey(seat.name)));
    taken.add(lookAlikeKey(this.#agentName));
    let unique = name;
    for (let number = 2; taken.has(lookAlikeKey(unique)); number += 1) unique = `${name} ${number}`;
    return unique;
  }

  #add(given: Pick<Seat, "name" | "isAgent" | "holder">): Seat {
    const seat: Seat = {
      ...given,
      memberId: newId<MemberId>(),
      token: newId<SeatToken>(),
      isMuted: false,
      mediaEpoch: null,
      cancelExpiry: null,
    };
    this.#seats.set(seat.memberId, seat);
    this.#names.set(seat.memberId, seat.name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > rememberedNames && oldest !== undefined) this.#names.delete(oldest);
    return seat;
  }
}
