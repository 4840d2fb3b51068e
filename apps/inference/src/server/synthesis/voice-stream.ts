import { randomUUID } from "node:crypto";
import { Channel } from "@parley/shared/async/channel";
import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import { resample } from "@parley/audio/resampling/resample";
import { sampleBytes } from "@parley/audio/sample-bytes";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { spokenSamples } from "./spoken-samples";
import type { SynthesisMode, SynthesizerNotice } from "./synthesizer-messages";
import type { VoiceSettings } from "./voice-settings";

export type StreamSettings = VoiceSettings & {
  mode: SynthesisMode;
  /** Hz; the synthesiser's own unless given. */
  sampleRate: number | null;
  seed: number | null;
  temperature: number | null;
};

export type VoiceStreamOptions = {
  settings: StreamSettings;
  /** Repeated to the client; null without one. */
  requestId: string | null;
  synthesizer: Synthesizer;
  clock: Clock;
  notice: (notice: SynthesizerNotice) => void;
  /** Resolves when there is room for more. */
  sound: (bytes: Uint8Array, signal: AbortSignal) => Promise<void>;
  /** Told when nobody has anything to be said any more, for long. */
  onIdle: () => void;
};

export type Segment = { text: string; mode: SynthesisMode | null };

/** As many texts may wait for their turn. */
export const maxWaitingSegments = 100;
const idleMs = 30_000;
/** The reference server's. */
const maxMessageSamples = 2_048;

/** One reply: texts in, the sound of each in its turn, until it is closed or cancelled. */
export class VoiceStream {
  readonly id = randomUUID();
  readonly #options: VoiceStreamOptions;
  readonly #controller = new AbortController();
  readonly #segments = new Channel<Segment>({ capacity: maxWaitingSegments, policy: "refuse" });
  readonly #sampleRate: number;
  #isOpen = true;
  #isSpeaking = false;
  #completed = 0;
  #samples = 0;
  #stopIdling: () => void = () => undefined;

  constructor(options: VoiceStreamOptions) {
    this.#options = options;
    this.#sampleRate = options.settings.sampleRate ?? options.synthesizer.sampleRate;
  }

  /** Whether it takes texts. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Texts that are not spoken to their end. */
  get waiting(): number {
    return this.#segments.size + (this.#isSpeaking ? 1 : 0);
  }

  get totals(): { total_audio_ms: number; segments_generated: number } {
    return { total_audio_ms: this.#toMs(this.#samples), segments_generated: this.#completed };
  }

  /** @returns false when too many are waiting */
  add(segment: Segment): boolean {
    this.#stopIdling();
    return this.#segments.push(segment);
  }

  /** What waits is still spoken. */
  close(): void {
    this.#isOpen = false;
    this.#stopIdling();
    this.#segments.end();
  }

  /** Nothing of it is heard or told any more; the synthesiser is free at its next step. */
  cancel(): void {
    this.#controller.abort();
    this.close();
  }

  /** Speaks until closed or cancelled; only the first of these is told to the client from here. */
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

  /** A text with nothing in it to be spoken is complete after no sound; one that fails, too. */
  async #speak(segment: Segment): Promise<void> {
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

  async #sound({ text, mode }: Segment): Promise<void> {
    const { synthesizer, settings, sound } = this.#options;
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
        this.#samples += samples.length;
        // A copy: it may wait in the socket long after the piece's memory is used anew.
        await sound(sampleBytes(samples.slice()), signal);
      }
      if (this.#isCancelled()) return;
    }
  }

  /** An unused stream does not stay for ever; one that speaks is never idle. */
  #idle(): void {
    if (!this.#isOpen || this.#segments.size > 0) return;
    this.#stopIdling();
    this.#stopIdling = this.#options.clock.schedule(idleMs, this.#options.onIdle);
  }

  #toMs(samples: number): number {
    return Math.round((samples * 1_000) / this.#sampleRate);
  }
}
