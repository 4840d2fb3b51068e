import type { Clock } from "@parley/shared/async/clock";
import type { types } from "mediasoup";
import type { CallEnd, CallOffer, OpenedCall } from "../../contracts/call";
import { defaultTapSettings, type TapFrame } from "../microphone/microphone-tap";
import type { TapRegister } from "../microphone/tap-register";
import { mediasoupCall } from "../sfu/mediasoup-call";
import type { MediaWorker } from "../sfu/media-worker-pool";
import { opusCapability } from "../sfu/opus-capability";
import { produceVoice, voiceCname } from "../sfu/produce-voice";
import { tapProducer } from "../sfu/tap-producer";
import { EventsChannel } from "./events-channel";

/** Time that a browser has to connect after the answer; it takes a second or two. */
const connectMs = 30_000;
/**
 * Silence of a browser's network, in seconds, after which it is taken to be gone: a tab that is closed
 * tells nobody. Outages of 15 s heal by themselves in Chromium, and longer ones do not.
 */
const consentSeconds = 20;
/** Limit on waiting for a lost packet that nobody sends again. */
const unrepairedWaitMs = 40;

export type CallMediaHandlers = {
  onFrame: (frame: TapFrame) => void;
  /** A text came on the data channel. */
  onText: (text: string) => void;
  onEnd: (reason: CallEnd) => void;
};

export type CallMediaOptions = {
  worker: MediaWorker;
  offer: CallOffer;
  /** Of the agent's track. */
  ssrc: number;
  clock: Clock;
  taps: TapRegister;
};

/** A call's mediasoup objects: a router, and one transport to the browser for all. */
export class CallMedia {
  /** What the answer is made of. */
  readonly opened: OpenedCall;
  readonly #router: types.Router;
  readonly #voice: types.Producer;
  readonly #events: EventsChannel | null;
  #cancelDeadline: () => void;

  private constructor(
    options: CallMediaOptions,
    handlers: CallMediaHandlers,
    parts: {
      opened: OpenedCall;
      router: types.Router;
      transport: types.WebRtcTransport;
      voice: types.Producer;
      events: EventsChannel | null;
    },
  ) {
    const { router, transport } = parts;
    this.opened = parts.opened;
    this.#router = router;
    this.#voice = parts.voice;
    this.#events = parts.events;
    this.#cancelDeadline = options.clock.schedule(connectMs, () => {
      handlers.onEnd("never-connected");
    });
    router.observer.on("close", () => {
      this.#cancelDeadline();
      this.#events?.close();
      handlers.onEnd("media-lost");
    });
    transport.on("dtlsstatechange", (state) => {
      if (state === "connected") this.#cancelDeadline();
      if (state === "closed") handlers.onEnd("left");
      if (state === "failed") handlers.onEnd("never-connected");
    });
    // Browsers give up before: a call has no way to begin anew on another network.
    transport.on("icestatechange", (state) => {
      if (state === "disconnected") handlers.onEnd("left");
    });
  }

  /** @throws AppError `invalid-request` for parameters that mediasoup refuses */
  static async open(options: CallMediaOptions, handlers: CallMediaHandlers): Promise<CallMedia> {
    const { worker, offer } = options;
    const router = await mediasoupCall(() =>
      worker.worker.createRouter({ mediaCodecs: [opusCapability(offer.payloadType)] }),
    );
    try {
      const direct = await router.createDirectTransport();
      const transport = await router.createWebRtcTransport({
        webRtcServer: worker.webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        enableSctp: offer.maxEventBytes !== null,
        iceConsentTimeout: consentSeconds,
      });
      const dtlsParameters = offer.dtlsParameters as types.DtlsParameters;
      await mediasoupCall(() => transport.connect({ dtlsParameters }));
      const voice = await produceVoice(direct, options.ssrc);
      const consumer = await consumeVoice(transport, voice, offer);
      await tapMicrophone({ ...options, router, direct, transport }, handlers);
      const events = await openEvents({ ...options, direct, transport }, handlers);
      const opened = describe(transport, consumer);
      return new CallMedia(options, handlers, { opened, router, transport, voice, events });
    } catch (error) {
      router.close();
      throw error;
    }
  }

  sendVoice(packet: Buffer): void {
    if (!this.#voice.closed) this.#voice.send(packet);
  }

  /** @returns false for a text that is too long, which is dropped */
  sendText(text: string): boolean {
    return this.#events?.send(text) ?? true;
  }

  /** Idempotent. */
  close(): void {
    this.#router.close();
  }
}

type Transports = { direct: types.DirectTransport; transport: types.WebRtcTransport };

async function consumeVoice(
  transport: types.WebRtcTransport,
  voice: types.Producer,
  { hearing, isRepaired }: CallOffer,
): Promise<types.Consumer | null> {
  if (hearing === null) return null;
  const rtpCapabilities = hearing as types.RtpCapabilities;
  const request = { producerId: voice.id, rtpCapabilities, enableRtx: isRepaired };
  return mediasoupCall(() => transport.consume(request));
}

async function tapMicrophone(
  {
    offer,
    router,
    direct,
    transport,
    clock,
    taps,
  }: CallMediaOptions & Transports & { router: types.Router },
  { onFrame }: CallMediaHandlers,
): Promise<void> {
  const { microphone, isRepaired } = offer;
  if (microphone === null) return;
  const rtpParameters = microphone as types.RtpParameters;
  const producer = await mediasoupCall(() => transport.produce({ kind: "audio", rtpParameters }));
  const waitMs = isRepaired ? defaultTapSettings.waitMs : unrepairedWaitMs;
  const tap = { ...defaultTapSettings, waitMs };
  await tapProducer(router, direct, producer.id, { clock, taps, tap, onFrame });
}

async function openEvents(
  { offer, direct, transport, clock }: CallMediaOptions & Transports,
  { onText, onEnd }: CallMediaHandlers,
): Promise<EventsChannel | null> {
  if (offer.maxEventBytes === null) return null;
  return EventsChannel.open({
    direct,
    transport,
    clock,
    onText,
    maxBytes: offer.maxEventBytes,
    onStuck: () => {
      onEnd("stuck");
    },
  });
}

function describe(transport: types.WebRtcTransport, consumer: types.Consumer | null): OpenedCall {
  const { iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport;
  const ssrc = consumer?.rtpParameters.encodings?.[0]?.ssrc;
  return {
    iceParameters,
    iceCandidates,
    fingerprints: dtlsParameters.fingerprints,
    sctp:
      sctpParameters === undefined
        ? null
        : { port: sctpParameters.port, maxMessageBytes: sctpParameters.maxReceiveMessageSize },
    voice: ssrc === undefined ? null : { ssrc, cname: voiceCname },
  };
}
