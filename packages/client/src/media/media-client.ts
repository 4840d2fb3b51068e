import type { MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent } from "@parley/shared/protocol/room-event";
import type { SignallingResponse } from "@parley/shared/protocol/signalling";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import type { MediaRoute } from "./media-route";
import type { SoundDelay } from "./sound-delay";

/** Router capabilities and ICE servers from the answer to `room-join`: transports need both. */
export type MediaSession = Pick<
  SignallingResponse<"room-join">,
  "routerRtpCapabilities" | "iceServers" | "iceTransportPolicy"
>;

export type MediaConnection = "connected" | "interrupted" | "failed";

export type MediaClientEvent =
  | { type: "track-added"; memberId: MemberId; track: MediaStreamTrack }
  | { type: "track-removed"; memberId: MemberId }
  /** A message of the room's event channel, not parsed yet. */
  | { type: "message-received"; data: unknown }
  /** The own event channel is open: `send` works from now on. */
  | { type: "channel-opened" }
  /** The room's event channel is open: what the room publishes from now on arrives here. */
  | { type: "room-channel-opened" }
  /** `interrupted` may recover by itself; `failed` needs `restartIce`. */
  | { type: "connection-changed"; connection: MediaConnection };

/** Audio and events between one browser and the room; lives as long as its transports. */
export type MediaClient = {
  /** Builds the transports and both event channels. @throws ProblemError `unsupported-browser`. */
  start(session: MediaSession, signal: AbortSignal): Promise<void>;
  /** Sends this track as the member's voice, in place of any earlier one. */
  setMicrophone(track: MediaStreamTrack): Promise<void>;
  /** Pauses or resumes the microphone that is being sent. Without one this does nothing. */
  setMuted(isMuted: boolean): void;
  /** Receives exactly these sources: consumes new ones and drops the others. */
  setSources(sources: readonly MediaSource[]): Promise<void>;
  addSource(source: MediaSource): Promise<void>;
  removeSource(producerId: string): void;
  /** @returns false when the channel is not open: keep the event and send it later. */
  send(event: MemberEvent): boolean;
  /** Restarts ICE on both transports, to find a new network path. */
  restartIce(signal: AbortSignal): Promise<void>;
  /** Delay of sound on the way to the server and back; null while it is unknown. */
  soundDelay(): Promise<SoundDelay | null>;
  /** Where the server takes sound; empty until started. */
  routes(): readonly MediaRoute[];
  /** Current level of each member, 0 to 1. */
  levels(): ReadonlyMap<MemberId, number>;
  subscribe(listener: (event: MediaClientEvent) => void): () => void;
  /** Idempotent. */
  close(): void;
};
