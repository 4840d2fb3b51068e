import type { types } from "mediasoup";
import { AppError } from "@parley/shared/errors";
import { memberEventsLabel } from "@parley/shared/protocol/room-event";
import type { CreatedTransport, TransportDirection } from "../../contracts/media-engine";
import type { Opaque } from "../../contracts/opaque";
import { mediasoupCall } from "./mediasoup-call";

/** Limit on one member's consumers: more than a full room has tracks. */
const maxConsumers = 64;

/** One member's mediasoup objects: two transports, their producers and their consumers. */
export class MediaPeer {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #transports = new Map<TransportDirection, types.WebRtcTransport>();
  readonly #consumers = new Map<string, types.Consumer>();
  #microphone: types.Producer | null = null;
  #events: types.DataProducer | null = null;
  #roomEvents: types.DataConsumer | null = null;
  /** Consumers that are being made count as well: requests may come all at once. */
  #consumersComing = 0;
  #isClosed = false;

  constructor(router: types.Router, webRtcServer: types.WebRtcServer) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
  }

  async createTransport(direction: TransportDirection): Promise<CreatedTransport> {
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      enableSctp: true,
    });
    if (this.#isClosed) {
      transport.close();
      throw new AppError("invalid-state", "The member has left.");
    }
    this.#transports.get(direction)?.close();
    this.#transports.set(direction, transport);
    return {
      transportId: transport.id,
      iceParameters: { ...transport.iceParameters },
      iceCandidates: transport.iceCandidates.map((candidate) => ({ ...candidate })),
      dtlsParameters: { ...transport.dtlsParameters },
      sctpParameters: { ...transport.sctpParameters },
    };
  }

  async connectTransport(transportId: string, dtlsParameters: Opaque): Promise<void> {
    const transport = this.#transport(transportId);
    await mediasoupCall(() =>
      transport.connect({ dtlsParameters: dtlsParameters as types.DtlsParameters }),
    );
  }

  async restartIce(transportId: string): Promise<Opaque> {
    const transport = this.#transport(transportId);
    return { ...(await mediasoupCall(() => transport.restartIce())) };
  }

  /** Produces the microphone's track; a second one replaces the first. */
  async produce(
    transportId: string,
    rtpParameters: Opaque,
    isMuted: boolean,
  ): Promise<types.Producer> {
    const transport = this.#transport(transportId, "send");
    const producer = await mediasoupCall(() =>
      transport.produce({
        kind: "audio",
        rtpParameters: rtpParameters as types.RtpParameters,
        paused: isMuted,
      }),
    );
    this.#microphone?.close();
    this.#microphone = producer;
    return producer;
  }

  async setMuted(isMuted: boolean): Promise<void> {
    const microphone = this.#microphone;
    if (microphone === null || microphone.closed) return;
    await (isMuted ? microphone.pause() : microphone.resume());
  }

  async consume(
    transportId: string,
    producerId: string,
    rtpCapabilities: Opaque,
  ): Promise<types.Consumer> {
    const transport = this.#transport(transportId, "receive");
    if (this.#consumers.size + this.#consumersComing >= maxConsumers) {
      throw new AppError("too-many-requests", `at most ${maxConsumers} tracks can be consumed`);
    }
    this.#consumersComing += 1;
    const consumer = await mediasoupCall(() =>
      transport.consume({
        producerId,
        rtpCapabilities: rtpCapabilities,
        paused: true,
        // Retransmission (RTX) leaves 0.4 % of audio to conceal instead of 1.3 % at 5 % loss.
        enableRtx: true,
      }),
    ).finally(() => {
      this.#consumersComing -= 1;
    });
    this.#consumers.set(consumer.id, consumer);
    consumer.observer.on("close", () => {
      this.#consumers.delete(consumer.id);
    });
    return consumer;
  }

  async resumeConsumer(consumerId: string): Promise<void> {
    const consumer = this.#consumers.get(consumerId);
    if (consumer === undefined) throw new AppError("not-found", `no consumer ${consumerId}`);
    await consumer.resume();
  }

  async produceData(
    transportId: string,
    sctpStreamParameters: Opaque,
  ): Promise<types.DataProducer> {
    const transport = this.#transport(transportId, "send");
    const producer = await mediasoupCall(() =>
      transport.produceData({
        sctpStreamParameters: sctpStreamParameters as types.SctpStreamParameters,
        label: memberEventsLabel,
      }),
    );
    this.#events?.close();
    this.#events = producer;
    return producer;
  }

  async consumeData(transportId: string, dataProducerId: string): Promise<types.DataConsumer> {
    const transport = this.#transport(transportId, "receive");
    const consumer = await mediasoupCall(() =>
      transport.consumeData({ dataProducerId, ordered: true }),
    );
    this.#roomEvents?.close();
    this.#roomEvents = consumer;
    return consumer;
  }

  /** Idempotent; takes the producers and consumers with it. */
  close(): void {
    this.#isClosed = true;
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
  }

  #transport(transportId: string, direction?: TransportDirection): types.WebRtcTransport {
    for (const [ownDirection, transport] of this.#transports) {
      if (transport.id !== transportId || transport.closed) continue;
      if (direction === undefined || direction === ownDirection) return transport;
      throw new AppError("invalid-request", `this needs the ${direction} transport`);
    }
    throw new AppError("not-found", `no transport ${transportId}`);
  }
}
