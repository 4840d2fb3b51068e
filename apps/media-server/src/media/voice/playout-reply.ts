import type { ReplyId } from "@parley/shared/protocol/ids";
import { fadeIn } from "../../audio/fade";
import { voiceSampleRate } from "../../audio/opus-codec";
import type { ReplyAudio } from "./reply-audio";

/** One reply on its way through the pacer: its sound, and how much of it went out. */
export class PlayoutReply {
  isHeld = false;
  /** Its first frame is on the wire. */
  hasStarted = false;
  /** The lowest sequence number that its next frame may have. */
  nextSequence = 0;
  #playedSamples = 0;
  #fadesIn = false;

  constructor(
    readonly replyId: ReplyId,
    readonly audio: ReplyAudio,
  ) {}

  /** Milliseconds of the reply that went out. */
  get playedMs(): number {
    return (this.#playedSamples * 1_000) / voiceSampleRate;
  }

  /** The next frame to send; null while held, or while the synthesiser is behind. */
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
   * Stops here.
   *
   * @returns what would have been next, to be faded out; it is played again after `resume`.
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
