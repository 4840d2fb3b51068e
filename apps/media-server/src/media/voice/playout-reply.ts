import type { ReplyId } from "@parley/shared/protocol/ids";
import { fadeIn } from "../../audio/fade";
import { voiceSampleRate } from "../../audio/opus-codec";
import type { ReplyAudio } from "./reply-audio";

/** One reply in the pacer: its audio and its playout position. */
export class PlayoutReply {
  isHeld = false;
  /** True once its first frame was sent. */
  hasStarted = false;
  /** The lowest sequence number that its next frame may have. */
  nextSequence = 0;
  #playedSamples = 0;
  #fadesIn = false;

  constructor(
    readonly replyId: ReplyId,
    readonly audio: ReplyAudio,
  ) {}

  /** Playout position: milliseconds of the reply that were sent. */
  get playedMs(): number {
    return (this.#playedSamples * 1_000) / voiceSampleRate;
  }

  /** Takes the next frame to send; null while held, or on underrun. */
  play(): Int16Array | null {
    if (this.isHeld) return null;
    const frame = this.audio.take();
    if (frame === null) return null;
    this.#playedSamples += frame.length;
    if (!this.#fadesIn) return frame;
    this.#fadesIn = false;
    return fadeIn(frame);
  }

  /**
   * Pauses playout.
   *
   * @returns the next frame, to be faded out; it is played again after `resume`. Null when there is
   *   none or nothing was played yet.
   */
  hold(): Int16Array | null {
    if (this.isHeld) return null;
    this.isHeld = true;
    this.#fadesIn = this.hasStarted;
    if (!this.hasStarted) return null;
    const frame = this.audio.take();
    if (frame !== null) this.audio.putBack(frame);
    return frame;
  }

  resume(): void {
    this.isHeld = false;
  }
}
