import { audioLevel, silentLevel } from "../../audio/audio-level";
import type { VoiceEncoder } from "../../audio/opus-codec";
import { voiceFrameSamples } from "./reply-audio";
import { writeRtpPacket } from "../../audio/rtp-packet";

/** 20 ms of the RTP clock, which counts 48 000 a second for Opus whatever is encoded. */
const ticksPerFrame = 960;

/**
 * Frames of silence after which the encoder has settled (a third of a second): from then on its
 * packet is sent again instead of encoded, which is most of what an idle room costs.
 */
const settledSilence = 16;

/** Any dynamic payload type will do: the router maps it for each consumer. */
export const voicePayloadType = 100;
export const audioLevelExtensionId = 10;

/**
 * The agent's voice as RTP: one encoder and one SSRC for as long as the agent is in the room, so
 * that browsers keep one decoder and jitter buffer. Timestamps follow the wall clock, also across
 * cancelled replies.
 */
export class VoiceTrack {
  readonly ssrc = randomBits(31) + 1;
  readonly #encoder: VoiceEncoder;
  readonly #firstTimestamp = randomBits(31);
  #sequence = randomBits(15);
  #silentFrames = 0;
  #silentPayload: Uint8Array = new Uint8Array();

  constructor(encoder: VoiceEncoder) {
    this.#encoder = encoder;
  }

  /**
   * @param frame At most 480 samples; padded with silence. Null is a frame of silence.
   * @param index Steps of 20 ms since the track began.
   */
  packetize(frame: Int16Array | null, index: number): Buffer {
    const level = frame === null ? silentLevel : audioLevel(this.#padded(frame));
    const packet = writeRtpPacket(
      {
        payloadType: voicePayloadType,
        sequence: this.#sequence,
        timestamp: (this.#firstTimestamp + index * ticksPerFrame) >>> 0,
        ssrc: this.ssrc,
        payload: frame === null ? this.#silence() : this.#sound(frame),
      },
      { id: audioLevelExtensionId, level, hasVoice: level < silentLevel },
    );
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return packet;
  }

  close(): void {
    this.#encoder.close();
  }

  #sound(frame: Int16Array): Uint8Array {
    this.#silentFrames = 0;
    return this.#encoder.encode(this.#padded(frame));
  }

  #silence(): Uint8Array {
    if (this.#silentFrames < settledSilence) {
      this.#silentFrames += 1;
      // A copy: the encoder may use its buffer again.
      this.#silentPayload = this.#encoder.encode(new Int16Array(voiceFrameSamples)).slice();
    }
    return this.#silentPayload;
  }

  #padded(frame: Int16Array): Int16Array {
    if (frame.length === voiceFrameSamples) return frame;
    const whole = new Int16Array(voiceFrameSamples);
    whole.set(frame.subarray(0, voiceFrameSamples));
    return whole;
  }
}

function randomBits(bits: number): number {
  return Math.floor(Math.random() * 2 ** bits);
}
