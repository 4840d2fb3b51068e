import type { WireError } from "@parley/shared/errors";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId, RoomId } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEvent } from "@parley/shared/protocol/room-event";
import type { CallEnd, CallId, CallOffer, CallSession, OpenedCall } from "./call";
import type { InferenceWorker, WorkerWish } from "./inference-worker";
import type { MediaStatistics } from "./media-statistics";
import type { Opaque } from "./opaque";

type InRoom = { roomId: RoomId };
type OfMember = InRoom & { memberId: MemberId };
type OfTransport = OfMember & { transportId: string };

export type TransportDirection = "send" | "receive";

type OpenedRoom = {
  /** Changes when the room's media was restarted: transports of an earlier epoch are gone. */
  mediaEpoch: number;
  routerRtpCapabilities: Opaque;
};

export type CreatedTransport = {
  transportId: string;
  iceParameters: Opaque;
  iceCandidates: Opaque[];
  dtlsParameters: Opaque;
  sctpParameters: Opaque;
};

/**
 * The requests of the media engine. They cross a thread, so arguments and results are plain data.
 * All reject with an `AppError`: `media-unavailable` while the engine or the room's media is down,
 * `not-found` for an unknown transport, producer or consumer, `invalid-request` for parameters that
 * mediasoup refuses.
 */
export type MediaEngineCalls = {
  /** Idempotent: resolves with the current epoch when the room is open already. */
  openRoom(request: InRoom): Promise<OpenedRoom>;
  closeRoom(request: InRoom): Promise<void>;
  /** Closes one member's transports and everything on them. */
  removeMember(request: OfMember): Promise<void>;

  /** One transport per member and direction: a second one replaces the first. */
  createTransport(request: OfMember & { direction: TransportDirection }): Promise<CreatedTransport>;
  connectTransport(request: OfTransport & { dtlsParameters: Opaque }): Promise<void>;
  restartIce(request: OfTransport): Promise<{ iceParameters: Opaque }>;
  /** Produces the microphone's track; a second one replaces the first. */
  produce(
    request: OfTransport & { rtpParameters: Opaque; isMuted: boolean },
  ): Promise<{ producerId: string }>;
  setMuted(request: OfMember & { isMuted: boolean }): Promise<void>;
  /** Consumes another member's track; starts paused. */
  consume(
    request: OfTransport & { producerId: string; rtpCapabilities: Opaque },
  ): Promise<{ consumerId: string; rtpParameters: Opaque }>;
  resumeConsumer(request: OfMember & { consumerId: string }): Promise<void>;
  produceData(
    request: OfTransport & { sctpStreamParameters: Opaque },
  ): Promise<{ dataProducerId: string }>;
  consumeData(request: OfTransport): Promise<{
    dataConsumerId: string;
    dataProducerId: string;
    label: string;
    protocol: string;
    sctpStreamParameters: Opaque;
  }>;

  /** Sends an event to every member's data channel. */
  publish(request: InRoom & { event: RoomEvent }): Promise<void>;

  /** Replaces what is known of the inference workers. Links that are open stay. */
  setWorkers(request: { workers: readonly InferenceWorker[] }): Promise<void>;
  /** Opens the agent's voice and its link to inference. Idempotent: what is open stays. */
  openAgent(request: InRoom & { wish: WorkerWish }): Promise<{ producerId: string }>;
  /** Sends a request over the agent's link; the first on every new link must be `session-open`. */
  sendToAgent(request: InRoom & { request: LinkRequest }): Promise<void>;
  closeAgent(request: InRoom): Promise<void>;

  /**
   * Opens a call: its session at inference, and its media. Rejects with the code of inference's
   * refusal, too.
   */
  openCall(request: {
    callId: CallId;
    offer: CallOffer;
    session: CallSession;
  }): Promise<OpenedCall>;
  /** Ends a call; one that has ended already is let be. */
  closeCall(request: { callId: CallId }): Promise<void>;

  /** `lagMs`: how late voices leave the media thread lately, in ms. */
  status(request: Record<string, never>): Promise<{ isReady: boolean; lagMs: number }>;
  /** Numbers for operators; those that count begin anew with the media thread. */
  statistics(request: Record<string, never>): Promise<MediaStatistics>;
};

export type MediaEngineCallName = keyof MediaEngineCalls;

/** Events of the media engine. */
export type MediaEngineEvent =
  /** The room's media is gone (its worker died): open the room again. */
  | { type: "room-lost"; roomId: RoomId }
  | { type: "producer-closed"; roomId: RoomId; producerId: string }
  | { type: "member-event"; roomId: RoomId; memberId: MemberId; event: MemberEvent }
  /** A new link is up and expects `session-open`. */
  | { type: "link-opened"; roomId: RoomId }
  | {
      type: "link-lost";
      roomId: RoomId;
      error: WireError | null;
      /** Members whose turn in hand will be heard again, from its beginning. */
      replayedMembers: readonly MemberId[];
    }
  | { type: "link-notice"; roomId: RoomId; notice: LinkNotice }
  | { type: "call-ended"; callId: CallId; reason: CallEnd };

export type MediaEngine = MediaEngineCalls & {
  /** @returns a function that ends the subscription. */
  subscribe(listener: (event: MediaEngineEvent) => void): () => void;
  /** Closes rooms, links and workers. Idempotent. */
  close(): Promise<void>;
};
