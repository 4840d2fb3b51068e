import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { MediaRoute } from "../media/media-route";
import type { ProblemCode } from "../problem";
import type { SoundDelay } from "../media/sound-delay";

/**
 * Connection to a room:
 *
 * - `connecting`: the first join is under way, or sound has not found its way yet;
 * - `connected`: audio flows both ways;
 * - `reconnecting`: the server or the media connection was lost and is retried;
 * - `failed`: no more retries; the problem has the reason;
 * - `closed`: left.
 */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "failed" | "closed";

export type MicrophoneStatus =
  | { state: "opening" }
  | { state: "open" }
  /** No microphone: the member can listen and type. */
  | { state: "unavailable"; problem: ProblemCode };

/** Events of a room client, for the stores. */
export type ClientEvent =
  | { type: "connection-changed"; connection: ConnectionState }
  /** Complete state of the room; replaces everything known before. */
  | { type: "snapshot-applied"; memberId: MemberId; snapshot: RoomSnapshot }
  | { type: "roster-changed"; members: readonly Member[] }
  | { type: "room-event"; body: RoomEventBody }
  /** Messages typed here that the room has not confirmed yet. */
  | { type: "messages-pending"; messages: readonly PendingMessage[] }
  /** Audio levels, 0 to 1, about ten times a second. */
  | { type: "levels-changed"; levels: ReadonlyMap<MemberId, number>; microphoneLevel: number }
  | { type: "microphone-changed"; microphone: MicrophoneStatus }
  | { type: "muted-changed"; isMuted: boolean }
  /** The member has begun or stopped to talk into the muted microphone. */
  | { type: "muted-speech-changed"; isSpeaking: boolean }
  | { type: "playback-blocked-changed"; isBlocked: boolean }
  /** Null once the problem is solved. */
  | { type: "problem-changed"; problem: ProblemCode | null }
  /** Delay of sound at both ends, measured whenever the agent has answered. */
  | { type: "sound-delay-measured"; delay: SoundDelay }
  /** Where the server takes sound, for a problem with getting there. */
  | { type: "media-routes-changed"; routes: readonly MediaRoute[] };

export type PendingMessage = { messageId: string; text: string };
