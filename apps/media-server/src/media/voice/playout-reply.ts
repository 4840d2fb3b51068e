import type { ReplyId } from "@parley/shared/protocol/ids";
import { fadeIn, withVolume } from "../../audio/fade";
import { joinSamples } from "@parley/audio/join-samples";
import { voiceSampleRate } from "../../audio/opus-codec";
import type { ReplyAudio } from "./reply-audio";

/** Volume while it is unclear whether somebody means to interrupt: -12 dB. */
const duckedVolume = 0.25;
/**
 * Frames of 20 ms on their way or in browsers' jitter buffers when a reply is held: browsers are
 * told, and play them no more.
 */
const framesUnheard = 3;

/** One reply in the pacer: its audio and its playout position. */
export class PlayoutReply {
  isHeld = false;
  /** True once its first frame was sent. */
  hasStarted = false;
  /** The lowest sequence number that its next frame may have. */
  nextSequence = 0;
  #playedSamples = 0;
  /** The last frames that were sent, at full volume. */
  #lastFrames: Int16Array[] = [];
  #fadesIn = false;
  /** Volume of the last frame's end, and the one that the next frame ends at. */
  #volume = 1;
  #nextVolume = 1;

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
    this.#lastFrames.push(frame);
    if (this.#lastFrames.length > framesUnheard) this.#lastFrames.shift();
    const sounding = withVolume(frame, this.#volume, this.#nextVolume);
    this.#volume = this.#nextVolume;
    if (!this.#fadesIn) return sounding;
    this.#fadesIn = false;
    return fadeIn(sounding);
  }

  /** Goes on at low volume, from the next frame's end. */
  duck(): void {
    this.#nextVolume = duckedVolume;
  }

  /**
   * Pauses playout. What nobody will have heard of it is played again after `resume`.
   *
   * @returns the next frame, to be faded out; null when there is none or nothing was played yet
   */
  hold(): Int16Array | null {
    if (this.isHeld) return null;
    const next = this.ending();
    this.isHeld = true;
    this.#fadesIn = this.hasStarted;
    const unheard = joinSamples(this.#lastFrames);
    this.#lastFrames = [];
    this.#playedSamples -= unheard.length;
    this.audio.putBack(unheard);
    return next;
  }

  /** The next frame, to be faded out where a reply ends; null when it is silent. */
  ending(): Int16Array | null {
    if (this.isHeld || !this.hasStarted) return null;
    const frame = this.audio.take();
    if (frame === null) return null;
    this.audio.putBack(frame);
    return withVolume(frame, this.#volume, this.#volume);
  }

  /** Goes on, at full volume. */
  resume(): void {
    this.isHeld = false;
    this.#nextVolume = 1;
    // What is held is silent already.
    if (this.#fadesIn) this.#volume = 1;
  }
}
