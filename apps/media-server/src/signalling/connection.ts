import { AppError } from "@parley/shared/errors";
import type { MemberId, RoomId } from "@parley/shared/protocol/ids";
import type { SignallingNotice, SignallingNoticeName } from "@parley/shared/protocol/signalling";
import type { Room } from "../rooms/room";
import type { RoomSignal } from "../rooms/room-signal";
import type { Seat, SeatHolder } from "../rooms/seat";

export type Joined = { room: Room; seat: Seat };

/** The part of a socket that a connection needs: notices to the browser, and disconnecting it. */
export type NoticeSink = {
  emit<Name extends SignallingNoticeName>(name: Name, notice: SignallingNotice<Name>): void;
  disconnect(): void;
};

/** One browser's socket: holds at most one seat at a time and forwards its room's notices. */
export class Connection implements SeatHolder {
  readonly #sink: NoticeSink;
  #joined: (Joined & { unsubscribe: () => void }) | null = null;
  #isClosed = false;

  /** @param address the client's network address */
  constructor(
    readonly address: string,
    sink: NoticeSink,
  ) {
    this.#sink = sink;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws AppError `not-joined`. */
  get joined(): Joined {
    if (this.#joined === null) throw new AppError("not-joined", "Join a room first.");
    return this.#joined;
  }

  /** For logs; empty before a room is joined. */
  get place(): { roomId?: RoomId; memberId?: MemberId } {
    if (this.#joined === null) return {};
    const { room, seat } = this.#joined;
    return { roomId: room.roomId, memberId: seat.memberId };
  }

  /** @throws AppError `not-joined`. */
  assertJoined(): void {
    if (this.#joined === null) throw new AppError("not-joined", "Join a room first.");
  }

  /** Takes the seat; an earlier seat of this connection is left. */
  sit(room: Room, seat: Seat): void {
    const earlier = this.#joined;
    earlier?.unsubscribe();
    if (earlier !== null && earlier.seat !== seat) earlier.room.leave(earlier.seat.memberId);
    const unsubscribe = room.subscribe((signal) => {
      this.#forward(seat, signal);
    });
    this.#joined = { room, seat, unsubscribe };
  }

  /** Gives the seat up for good. */
  leave(): void {
    const joined = this.#joined;
    this.#joined = null;
    joined?.unsubscribe();
    joined?.room.leave(joined.seat.memberId);
  }

  release(reason: string): void {
    this.#joined?.unsubscribe();
    this.#joined = null;
    // Whose room has moved comes back, and is led to it.
    if (reason !== "moved") this.#sink.emit("room-closed", { reason });
    this.#sink.disconnect();
  }

  /** Called when the socket is gone: the seat is held for a reconnect. */
  close(): void {
    this.#isClosed = true;
    const joined = this.#joined;
    this.#joined = null;
    joined?.unsubscribe();
    joined?.room.vacate(joined.seat.memberId, this);
  }

  #forward(seat: Seat, signal: RoomSignal): void {
    switch (signal.type) {
      case "roster-changed":
        this.#sink.emit("roster-changed", { members: signal.members });
        break;
      case "media-available":
        // Members do not consume their own track.
        if (signal.source.memberId !== seat.memberId) {
          this.#sink.emit("media-available", signal.source);
        }
        break;
      case "media-closed":
        this.#sink.emit("media-closed", { producerId: signal.producerId });
        break;
      case "media-restarted":
        this.#sink.emit("media-restarted", { mediaEpoch: signal.mediaEpoch });
        break;
      case "event":
      case "member-joined":
      case "member-left":
      case "member-event":
      case "closed":
        break;
    }
  }
}
