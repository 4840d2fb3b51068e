import { randomUUID } from "node:crypto";
import { Channel } from "@parley/shared/async/channel";
import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import { resample } from "@parley/audio/resampling/resample";
import { sampleBytes } from "@parley/audio/sample-bytes";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { PlaybackPace } from "./playback-pace";
import { spokenSamples } from "./spoken-samples";
import type { SynthesisMode, SynthesizerNotice } from "./synthesizer-messages";
import type { VoiceSettings } from "./voice-settings";

export type StreamSettings = VoiceSettings & {
  mode: SynthesisMode;
  /** Hz. */
  sampleRate: number;
  seed: number | null;
  temperature: number | null;
};

export type VoiceStreamOptions = {
  settings: StreamSettings;
  /** Echoed to the client; null without one. */
  requestId: string | null;
  synthesizer: Synthesizer;
  clock: Clock;
  notice: (notice: SynthesizerNotice) => void;
  /** The client's playback. */
  pace: PlaybackPace;
  /** Resolves when there is room for more. */
  sound: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>;
  /** Called when no text has come for `idleMs`. */
  onIdle: () => void;
};

export type TextSegment = { text: string; mode: SynthesisMode | null };

/** Limit of texts waiting to be spoken. */
export const maxWaitingSegments = 100;
const idleMs = 30_000;
/** Samples in a binary message, as at the reference server. */
const maxMessageSamples = 2_048;

/** One stream of texts, each synthesised in order, until it is closed or cancelled. */
export class VoiceStream {
  readonly id = randomUUID();
  readonly #options: VoiceStreamOptions;
  readonly #controller = new AbortController();
  readonly #segments = new Channel<TextSegment>({ capacity: maxWaitingSegments, policy: "refuse" });
  readonly #sampleRate: number;
  #isOpen = true;
  #isSpeaking = false;
  #completed = 0;
  #samples = 0;
  #stopIdling: () => void = () => undefined;

  constructor(options: VoiceStreamOptions) {
    this.#options = options;
    this.#sampleRate = options.settings.sampleRate;
  }

  /** Whether it accepts texts. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Texts that are not spoken to their end yet. */
  get waiting(): number {
    return this.#segments.size + (this.#isSpeaking ? 1 : 0);
  }

  get totals(): { total_audio_ms: number; segments_generated: number } {
    return { total_audio_ms: this.#toMs(this.#samples), segments_generated: this.#completed };
  }

  /** @returns false when too many are waiting */
  add(segment: TextSegment): boolean {
    this.#stopIdling();
    return this.#segments.push(segment);
  }

  /** Accepts no further text; waiting texts are still spoken. */
  close(): void {
    this.#isOpen = false;
    this.#stopIdling();
    this.#segments.end();
  }

  /** Stops all sound and messages; the synthesiser is free at its next step. */
  cancel(): void {
    this.#controller.abort();
    this.close();
  }

  /** Speaks until closed, which ends with `done`, or cancelled, which sends nothing more. */
  async run(): Promise<void> {
    if (this.#isCancelled()) return;
    const { settings, requestId, notice } = this.#options;
    notice({
      type: "stream_created",
      stream_id: this.id,
      ...(requestId === null ? {} : { request_id: requestId }),
      voice: settings.voice,
      language: settings.language,
      default_mode: settings.mode,
      sample_rate: this.#sampleRate,
    });
    this.#idle();
    for await (const segment of this.#segments) {
      if (this.#isCancelled()) return;
      this.#isSpeaking = true;
      await this.#speak(segment);
      this.#isSpeaking = false;
      this.#idle();
    }
    if (!this.#isCancelled()) notice({ type: "done", stream_id: this.id, ...this.totals });
  }

  #isCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Speaks one text; an unspeakable or failing one still sends `segment_complete`. */
  async #speak(segment: TextSegment): Promise<void> {
    const { notice } = this.#options;
    const number = this.#completed + 1;
    const before = this.#samples;
    try {
      await this.#sound(segment);
    } catch (error) {
      if (this.#isCancelled()) return;
      const { message, code } = toWireError(error);
      const place = { stream_id: this.id, segment: number };
      notice({ type: "error", message, code, fatal: false, ...place });
    }
    if (this.#isCancelled()) return;
    this.#completed = number;
    const audioMs = this.#toMs(this.#samples - before);
    notice({ type: "segment_complete", stream_id: this.id, segment: number, audio_ms: audioMs });
  }

  async #sound({ text, mode }: TextSegment): Promise<void> {
    const { synthesizer, settings, pace, sound } = this.#options;
    const { voice, language, seed, temperature } = settings;
    const { signal } = this.#controller;
    const spoken = spokenSamples(synthesizer, {
      text,
      voice,
      language,
      quality: (mode ?? settings.mode) === "batch" ? "batch" : "fast-start",
      ...(seed === null ? {} : { seed }),
      ...(temperature === null ? {} : { temperature }),
      signal,
    });
    for await (const piece of resample(spoken, synthesizer.sampleRate, this.#sampleRate)) {
      for (let at = 0; at < piece.length && !this.#isCancelled(); at += maxMessageSamples) {
        const samples = piece.subarray(at, at + maxMessageSamples);
        await pace.admit((samples.length * 1_000) / this.#sampleRate, signal);
        this.#samples += samples.length;
        // A copy, since the socket may hold it after the piece's memory is reused.
        await sound(sampleBytes(samples.slice()), signal);
      }
      if (this.#isCancelled()) return;
    }
  }

  /** Starts the idle timer, unless the stream is closed or has a text to speak. */
  #idle(): void {
    if (!this.#isOpen || this.#segments.size > 0) return;
    this.#stopIdling();
    this.#stopIdling = this.#options.clock.schedule(idleMs, this.#options.onIdle);
  }

  #toMs(samples: number): number {
    return Math.round((samples * 1_000) / this.#sampleRate);
  }
}
