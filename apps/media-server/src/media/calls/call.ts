import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { VoiceEncoder } from "../../audio/opus-codec";
import type { CallEnd, CallOffer, OpenedCall } from "../../contracts/call";
import type { DroppedFrames } from "../../contracts/media-statistics";
import type { TapRegister } from "../microphone/tap-register";
import type { MediaWorker } from "../sfu/media-worker-pool";
import { CallMedia } from "./call-media";
import { CallSession } from "./call-session";
import type { RealtimeLink } from "./realtime-link";

/** The last event gets this long on its way to the browser. */
const farewellMs = 250;
/** Longer than anybody listens without a word. */
const idleMs = 30 * 60_000;

export type CallOptions = {
  /** Is closed with the call. */
  link: RealtimeLink;
  encoder: VoiceEncoder;
  speex: Speex;
  clock: Clock;
  /** Called once, when everything of the call is closed. */
  onEnded: (reason: CallEnd) => void;
};

/** One call: its session, and its media. */
export class Call {
  readonly #options: CallOptions;
  readonly #session: CallSession;
  #media: CallMedia | null = null;
  #end: CallEnd | null = null;
  #cancelFarewell: () => void = () => undefined;
  #isClosed = false;

  constructor(options: CallOptions) {
    this.#options = options;
    const { link, encoder, speex, clock } = options;
    this.#session = new CallSession({
      link,
      encoder,
      speex,
      clock,
      idleMs,
      sendRtp: (packet) => this.#media?.sendVoice(packet),
      sendText: (text) => this.#media?.sendText(text) ?? true,
      onEnd: (reason) => {
        this.end(reason);
      },
    });
  }

  get counts(): DroppedFrames {
    return this.#session.counts;
  }

  /**
   * Opens the call's media, and begins.
   *
   * @throws AppError `invalid-request` for parameters that mediasoup refuses
   */
  async connect(parts: {
    worker: MediaWorker;
    offer: CallOffer;
    taps: TapRegister;
  }): Promise<OpenedCall> {
    const { ssrc } = this.#session.voice;
    const media = await CallMedia.open(
      { ...parts, ssrc, clock: this.#options.clock },
      {
        onFrame: (frame) => {
          if (!this.#isClosed) this.#session.hear(frame);
        },
        onText: (text) => {
          if (!this.#isClosed) this.#session.receive(text);
        },
        onEnd: (reason) => {
          this.end(reason);
        },
      },
    );
    if (this.#isClosed) {
      media.close();
      throw new AppError("media-unavailable", "The call was ended.", { isRetryable: true });
    }
    this.#media = media;
    this.#session.start();
    return media.opened;
  }

  /** Ends the call; the browser gets its last event, if it is still there. Idempotent. */
  end(reason: CallEnd): void {
    if (this.#end !== null) return;
    this.#end = reason;
    const isGone = reason === "left" || reason === "media-lost" || reason === "never-connected";
    if (isGone) this.close();
    else {
      this.#cancelFarewell = this.#options.clock.schedule(farewellMs, () => {
        this.close();
      });
    }
  }

  /** Ends the call at once. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#end ??= "hung-up";
    this.#cancelFarewell();
    this.#session.close();
    this.#media?.close();
    this.#options.onEnded(this.#end);
  }
}
