import type { MemberId, SeatToken } from "@parley/shared/protocol/ids";
import type { Member } from "@parley/shared/protocol/snapshot";

/** Whoever sits on a seat at present: one connection. */
export type SeatHolder = {
  /** The seat was taken over by another connection, or is gone. */
  release(reason: string): void;
};

/** A member's place in a room. It outlives the connection by a while. */
export type Seat = {
  readonly memberId: MemberId;
  readonly token: SeatToken;
  readonly isAgent: boolean;
  name: string;
  isMuted: boolean;
  holder: SeatHolder | null;
  /** The media epoch that the holder was told; null before it was. */
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
