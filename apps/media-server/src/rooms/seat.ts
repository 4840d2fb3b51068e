import type { MemberId, SeatToken } from "@parley/shared/protocol/ids";
import type { Member } from "@parley/shared/protocol/snapshot";

/** The connection that holds a seat. */
export type SeatHolder = {
  /** Called when the seat was taken over by another connection, or removed. */
  release(reason: string): void;
};

/** A member's seat in a room. It outlives a lost connection for a limited time. */
export type Seat = {
  readonly memberId: MemberId;
  readonly token: SeatToken;
  readonly isAgent: boolean;
  name: string;
  isMuted: boolean;
  holder: SeatHolder | null;
  /** Media epoch last sent to the holder; null before the first. */
  mediaEpoch: number | null;
  cancelExpiry: (() => void) | null;
};

export function toMember(seat: Seat): Member {
  return {
    memberId: seat.memberId,
    name: seat.name,
    isAgent: seat.isAgent,
    isMuted: seat.isMuted,
    isConnected: seat.isAgent || seat.holder !== null,
  };
}
