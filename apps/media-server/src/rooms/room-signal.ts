import type { MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEvent } from "@parley/shared/protocol/room-event";
import type { MediaSource, Member } from "@parley/shared/protocol/snapshot";

/** Signals of a room to its subscribers inside this server. */
export type RoomSignal =
  /** A published event, for every member's browser. */
  | { type: "event"; event: RoomEvent }
  | { type: "roster-changed"; members: Member[] }
  | { type: "media-available"; source: MediaSource }
  | { type: "media-closed"; producerId: string }
  | { type: "media-restarted"; mediaEpoch: number }
  /** A person, not the agent, took or left a seat. */
  | { type: "member-joined"; member: Member }
  | { type: "member-left"; memberId: MemberId }
  /** A member typed or interrupted. */
  | { type: "member-event"; memberId: MemberId; event: MemberEvent }
  | { type: "closed"; reason: string };

export type RoomListener = (signal: RoomSignal) => void;
