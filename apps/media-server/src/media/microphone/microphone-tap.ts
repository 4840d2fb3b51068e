import type { Clock } from "@parley/shared/async/clock";
import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { MicrophonePackets } from "../../contracts/media-statistics";
import type { SpeechDecoder } from "../../audio/opus-codec";
import { opusPacketTicks } from "../../audio/opus-packet-ticks";
import { ArrivalJitter } from "./arrival-jitter";
import { JitterBuffer, ticksPerMs, type JitterStep } from "./jitter-buffer";
import { readRtpPacket } from "../../audio/rtp-packet";
import { SilenceFiller } from "./silence-filler";

export type TapSettings = {
  /** Limit on waiting for a missing packet before it is concealed. */
  waitMs: number;
  /** Silence starts this long after the last packet: beyond usual network jitter. */
  silenceAfterMs: number;
  /**
   * Silence stops this long after the last packet. Voice activity detection needs about 1.5 s of it
   * to end speech; a muted member must not cost work indefinitely.
   */
  silenceTailMs: number;
};

export const defaultTapSettings: TapSettings = {
  // Retransmissions (NACK) arrive a round trip plus 80 ms after the loss.
  waitMs: 120,
  silenceAfterMs: 100,
  silenceTailMs: 1_600,
};

const tapFrameSamples = 20 * speechSamplesPerMs;
const ticksPerSample = 3;

export type TapFrame = {
  samples: Int16Array;
  /** Unix time in milliseconds at which the frame's last sample reached the tap. */
  arrivedAtMs: number;
};

/** One member's microphone: RTP in, frames of 20 ms out. No input makes it throw. */
export class MicrophoneTap {
  readonly #own = { received: 0, malformed: 0, undecodable: 0 };
  readonly #arrivals = new ArrivalJitter();
  readonly #clock: Clock;
  readonly #decoder: SpeechDecoder;
  readonly #onFrame: (frame: TapFrame) => void;
  readonly #jitter: JitterBuffer;
  readonly #filler: SilenceFiller;
  readonly #slicer = new FrameSlicer(tapFrameSamples);
  #isClosed = false;

  constructor(options: {
    clock: Clock;
    decoder: SpeechDecoder;
    settings: TapSettings;
    onFrame: (frame: TapFrame) => void;
  }) {
    this.#clock = options.clock;
    this.#decoder = options.decoder;
    this.#onFrame = options.onFrame;
    const { waitMs, silenceAfterMs, silenceTailMs } = options.settings;
    this.#jitter = new JitterBuffer(
      this.#clock,
      { waitMs, maxSilenceMs: silenceTailMs },
      (step) => {
        this.#decodeStep(step);
      },
    );
    this.#filler = new SilenceFiller(
      this.#clock,
      { afterMs: silenceAfterMs, untilMs: silenceTailMs },
      (ms) => {
        if (this.#jitter.isWaiting) return;
        this.#jitter.addFilled(ms * ticksPerMs);
        this.#emit(new Int16Array((ms * ticksPerMs) / ticksPerSample), this.#clock.now());
      },
    );
  }

  get counts(): MicrophonePackets {
    return { ...this.#own, ...this.#jitter.counts };
  }

  /** How unevenly packets arrive, in milliseconds. */
  get jitterMs(): number {
    return this.#arrivals.ms;
  }

  receive(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#own.received += 1;
    const packet = readRtpPacket(bytes);
    const ticks = packet === null ? null : opusPacketTicks(packet.payload);
    if (packet === null || ticks === null) {
      this.#own.malformed += 1;
      return;
    }
    this.#filler.restart();
    const arrivedAtMs = this.#clock.now();
    const { sequence, timestamp, payload } = packet;
    this.#arrivals.add({ timestamp, arrivedAtMs });
    this.#jitter.push({ sequence, timestamp, payload, ticks, arrivedAtMs });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#jitter.close();
    this.#filler.close();
    this.#decoder.close();
  }

  #decodeStep(step: JitterStep): void {
    switch (step.type) {
      case "packet":
        this.#decode(step.packet.ticks, step.packet.arrivedAtMs, () =>
          this.#decoder.decode(step.packet.payload),
        );
        break;
      case "recover":
        this.#decode(step.ticks, step.packet.arrivedAtMs, (samples) =>
          this.#decoder.recover(step.packet.payload, samples),
        );
        break;
      case "conceal":
        this.#decode(step.ticks, step.arrivedAtMs, (samples) => this.#decoder.conceal(samples));
        break;
      case "silence":
        this.#emit(new Int16Array(step.ticks / ticksPerSample), step.arrivedAtMs);
        break;
    }
  }

  #decode(ticks: number, arrivedAtMs: number, decode: (samples: number) => Int16Array): void {
    const samples = ticks / ticksPerSample;
    let decoded: Int16Array;
    try {
      decoded = decode(samples);
    } catch {
      // A payload that is not Opus becomes silence, so that later audio keeps its position.
      this.#own.undecodable += 1;
      decoded = new Int16Array(samples);
    }
    this.#emit(decoded, arrivedAtMs);
  }

  #emit(samples: Int16Array, arrivedAtMs: number): void {
    for (const frame of this.#slicer.push(samples)) this.#onFrame({ samples: frame, arrivedAtMs });
  }
}
