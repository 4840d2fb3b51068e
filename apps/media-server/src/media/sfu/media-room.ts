import type { types } from "mediasoup";
import { AppError } from "@parley/shared/errors";
import type { MemberId } from "@parley/shared/protocol/ids";
import {
  maxRoomEventBytes,
  roomEventsLabel,
  type MemberEvent,
  type RoomEvent,
} from "@parley/shared/protocol/room-event";
import type { CodedWarnings } from "../../logging/coded-warnings";
import { MediaPeer } from "./media-peer";
import type { MediaWorker } from "./media-worker-pool";
import { MemberEventReader } from "./member-event-reader";
import type { TapFrame } from "../microphone/microphone-tap";
import { opusCapability } from "./opus-capability";
import { produceVoice } from "./produce-voice";
import { tapProducer, type TapOptions } from "./tap-producer";

export type MediaRoomHandlers = {
  onFrame(memberId: MemberId, frame: TapFrame): void;
  onMemberEvent(memberId: MemberId, event: MemberEvent): void;
  onProducerClosed(producerId: string): void;
};

/** Limit on remembered members who left: many more than leave while one request is under way. */
const maxRemoved = 1_000;

export type MediaRoomOptions = TapOptions & { warnings: CodedWarnings };

/**
 * The media of one room: a router, its members' transports, and one direct transport over which
 * this process taps microphones, sends the agent's voice, and exchanges events.
 */
export class MediaRoom {
  readonly mediaEpoch: number;
  readonly #worker: MediaWorker;
  readonly #router: types.Router;
  readonly #direct: types.DirectTransport;
  readonly #events: types.DataProducer;
  readonly #options: MediaRoomOptions;
  readonly #handlers: MediaRoomHandlers;
  readonly #peers = new Map<MemberId, MediaPeer>();
  /** Members who have left for good; their last requests may still be on the way. */
  readonly #removed = new Set<MemberId>();
  #voice: types.Producer | null = null;

  private constructor(
    mediaEpoch: number,
    parts: {
      worker: MediaWorker;
      router: types.Router;
      direct: types.DirectTransport;
      events: types.DataProducer;
    },
    options: MediaRoomOptions,
    handlers: MediaRoomHandlers,
  ) {
    this.mediaEpoch = mediaEpoch;
    this.#worker = parts.worker;
    this.#router = parts.router;
    this.#direct = parts.direct;
    this.#events = parts.events;
    this.#options = options;
    this.#handlers = handlers;
  }

  static async open(
    mediaEpoch: number,
    worker: MediaWorker,
    options: MediaRoomOptions,
    handlers: MediaRoomHandlers,
  ): Promise<MediaRoom> {
    const router = await worker.worker.createRouter({ mediaCodecs: [opusCapability(null)] });
    try {
      const direct = await router.createDirectTransport();
      const events = await direct.produceData({ label: roomEventsLabel });
      return new MediaRoom(mediaEpoch, { worker, router, direct, events }, options, handlers);
    } catch (error) {
      router.close();
      throw error;
    }
  }

  get isClosed(): boolean {
    return this.#router.closed;
  }

  get rtpCapabilities(): types.RtpCapabilities {
    return this.#router.rtpCapabilities;
  }

  /**
   * The member's transports; created on first use.
   *
   * @throws AppError `invalid-state` when the member has left
   */
  peer(memberId: MemberId): MediaPeer {
    if (this.#removed.has(memberId)) throw new AppError("invalid-state", "The member has left.");
    const peer =
      this.#peers.get(memberId) ?? new MediaPeer(this.#router, this.#worker.webRtcServer);
    this.#peers.set(memberId, peer);
    return peer;
  }

  removePeer(memberId: MemberId): void {
    this.#peers.get(memberId)?.close();
    this.#peers.delete(memberId);
    this.#removed.add(memberId);
    const [earliest] = this.#removed;
    if (this.#removed.size > maxRemoved && earliest !== undefined) this.#removed.delete(earliest);
  }

  /** Taps a microphone until its producer closes. */
  async tap(memberId: MemberId, producer: types.Producer): Promise<void> {
    producer.observer.on("close", () => {
      this.#handlers.onProducerClosed(producer.id);
    });
    await this.tapProducer(memberId, producer.id);
  }

  /** Taps one track of this router: RTP in, frames out. */
  async tapProducer(memberId: MemberId, producerId: string): Promise<void> {
    await tapProducer(this.#router, this.#direct, producerId, {
      ...this.#options,
      onFrame: (frame) => {
        this.#handlers.onFrame(memberId, frame);
      },
    });
  }

  /** Reads a member's events until its data producer closes. */
  async readEvents(memberId: MemberId, producer: types.DataProducer): Promise<void> {
    const consumer = await this.#direct.consumeData({ dataProducerId: producer.id });
    const reader = new MemberEventReader(this.#options.clock);
    consumer.on("message", (bytes) => {
      const result = reader.read(bytes);
      if ("event" in result) this.#handlers.onMemberEvent(memberId, result.event);
      else if ("dropped" in result) {
        this.#options.warnings.warn(result.dropped, "a member event was dropped", { memberId });
      }
    });
  }

  /** Opens a member's channel for the room's events. @returns what the browser has to know of it */
  async consumeEvents(memberId: MemberId, transportId: string) {
    const consumer = await this.peer(memberId).consumeData(transportId, this.#events.id);
    const { id, dataProducerId, label, protocol, sctpStreamParameters } = consumer;
    return {
      dataConsumerId: id,
      dataProducerId,
      label,
      protocol,
      sctpStreamParameters: { ...sctpStreamParameters },
    };
  }

  publish(event: RoomEvent): void {
    const json = JSON.stringify(event);
    // Members notice the gap in sequence numbers and fetch a snapshot, which has no such limit.
    if (Buffer.byteLength(json) > maxRoomEventBytes) return;
    if (!this.#events.closed) this.#events.send(json);
  }

  /** Opens the agent's track. @returns its producer's id and a function that sends RTP on it. */
  async produceVoice(ssrc: number): Promise<{ id: string; send: (packet: Buffer) => void }> {
    this.#voice?.close();
    const producer = await produceVoice(this.#direct, ssrc);
    this.#voice = producer;
    producer.observer.on("close", () => {
      this.#handlers.onProducerClosed(producer.id);
    });
    return {
      id: producer.id,
      send: (packet) => {
        if (!producer.closed) producer.send(packet);
      },
    };
  }

  closeVoice(): void {
    this.#voice?.close();
    this.#voice = null;
  }

  /** @param listener Called once, with true when the room was lost (its worker died). */
  onClose(listener: (isLost: boolean) => void): void {
    this.#router.observer.once("close", () => {
      listener(this.#worker.worker.died);
    });
  }

  /** Closes members' transports and taps too. Idempotent. */
  close(): void {
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    this.#router.close();
  }
}
