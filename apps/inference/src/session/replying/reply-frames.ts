import type { ReplyId } from "@parley/shared/protocol/ids";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";

/** Cuts one reply's sound into frames for the agent link, in order. */
export class ReplyFrames {
  readonly #replyId: ReplyId;
  readonly #sampleRate: number;
  readonly #frameSamples: number;
  readonly #send: (frame: LinkFrame) => void;
  #sequence = 0;
  #sentSamples = 0;

  constructor(options: {
    replyId: ReplyId;
    /** Hz */
    sampleRate: number;
    /** Longest frame. */
    frameMs: number;
    send: (frame: LinkFrame) => void;
  }) {
    this.#replyId = options.replyId;
    this.#sampleRate = options.sampleRate;
    this.#frameSamples = Math.round((options.sampleRate * options.frameMs) / 1_000);
    this.#send = options.send;
  }

  /** @param samples follow what was sent before */
  send(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += this.#frameSamples) {
      this.#send({
        kind: "reply",
        id: this.#replyId,
        sequence: this.#sequence++,
        sampleRate: this.#sampleRate,
        stampMs: ((this.#sentSamples + at) * 1_000) / this.#sampleRate,
        samples: samples.subarray(at, at + this.#frameSamples),
      });
    }
    this.#sentSamples += samples.length;
  }
}
