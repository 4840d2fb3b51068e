import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { ProblemCode } from "./problem";

/**
 * - `connecting`: on the way in;
 * - `connected`: heard and hearing;
 * - `reconnecting`: the server or the sound was lost, and we are trying;
 * - `failed`: we have given up, and a problem says why;
 * - `closed`: left.
 */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "failed" | "closed";

export type MicrophoneStatus =
  | { state: "opening" }
  | { state: "open" }
  /** In the room without a microphone: listening and typing. */
  | { state: "unavailable"; problem: ProblemCode };

/** All that a room tells its screen. */
export type ClientEvent =
  | { type: "connection-changed"; connection: ConnectionState }
  /** The room as it stands; replaces everything known before. */
  | { type: "snapshot-applied"; memberId: MemberId; snapshot: RoomSnapshot }
  | { type: "roster-changed"; members: readonly Member[] }
  | { type: "room-event"; body: RoomEventBody }
  /** Typed here and not yet seen back from the room. */
  | { type: "messages-pending"; messages: readonly PendingMessage[] }
  /** About ten times a second. */
  | { type: "levels-changed"; levels: ReadonlyMap<MemberId, number>; microphoneLevel: number }
  | { type: "microphone-changed"; microphone: MicrophoneStatus }
  | { type: "muted-changed"; isMuted: boolean }
  /** Somebody is talking into their muted microphone, or has stopped. */
  | { type: "muted-speech-changed"; isSpeaking: boolean }
  | { type: "playback-blocked-changed"; isBlocked: boolean }
  /** Null when the problem is over. */
  | { type: "problem-changed"; problem: ProblemCode | null };

export type PendingMessage = { messageId: string; text: string };
