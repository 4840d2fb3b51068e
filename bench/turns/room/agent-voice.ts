import { PlayoutPacer } from "@parley/media-server/media/voice/playout-pacer";
import { voiceSampleRate } from "@parley/media-server/audio/opus-codec";
import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { loadSpeex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { LinkNotice, PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";

/** 20 ms of the agent's voice as it is sent to browsers. */
export type VoiceFrame = {
  atMs: number;
  /** Root mean square, 0 to 1. */
  level: number;
  /** Null while nothing was ever played. */
  replyId: string | null;
};

const frameMs = 20;

/** What a room hears of the agent: the media-server's own pacer, which reports what was played. */
export class AgentVoice {
  readonly frames: VoiceFrame[] = [];
  readonly #pacer: PlayoutPacer;
  readonly #converter: SampleRateConverter;
  /** What was played from the beginning, 16 kHz. */
  readonly #played: Int16Array[] = [];
  #replyId: string | null = null;

  static async open(clock: Clock, report: (report: PlayoutReport) => void): Promise<AgentVoice> {
    const speex = await loadSpeex();
    const converter = new SampleRateConverter(speex, voiceSampleRate, speechRate);
    return new AgentVoice(converter, (take) => new PlayoutPacer({ clock, speex, ...take }), {
      clock,
      report,
    });
  }

  private constructor(
    converter: SampleRateConverter,
    makePacer: (take: {
      send: (frame: Int16Array | null) => void;
      report: (report: PlayoutReport) => void;
    }) => PlayoutPacer,
    { clock, report }: { clock: Clock; report: (report: PlayoutReport) => void },
  ) {
    this.#converter = converter;
    this.#pacer = makePacer({
      send: (frame) => {
        this.#play(frame, clock.now());
      },
      report: (playout) => {
        if (playout.state === "started") this.#begin(playout.replyId);
        report(playout);
      },
    });
    this.#pacer.start();
  }

  get isPlaying(): boolean {
    return this.#pacer.queuedMs > 0;
  }

  notice(notice: LinkNotice): void {
    if (notice.type === "reply-start") this.#pacer.open(notice.replyId);
    else if (notice.type === "reply-audio-end") this.#pacer.endAudio(notice.replyId);
    else if (notice.type === "reply-duck") this.#pacer.duck(notice.replyId);
    else if (notice.type === "reply-hold") this.#pacer.hold(notice.replyId);
    else if (notice.type === "reply-resume") this.#pacer.resume(notice.replyId);
    else if (notice.type === "reply-cancel") this.#pacer.cancel(notice.replyId);
  }

  push(frame: LinkFrame): void {
    this.#pacer.push(frame);
  }

  /** 20 ms of what was played until `delayMs` before the last frame's end. */
  playedBefore(delayMs: number): Int16Array {
    const whole = Math.floor(delayMs / frameMs);
    const rest = Math.round(((delayMs - whole * frameMs) * speechRate) / 1_000);
    const [before, after] = this.#played.slice(-2 - whole, this.#played.length - whole);
    const pair = new Int16Array((2 * frameMs * speechRate) / 1_000);
    pair.set(before ?? []);
    pair.set(after ?? [], pair.length / 2);
    return pair.slice(pair.length / 2 - rest, pair.length - rest);
  }

  close(): void {
    this.#pacer.close();
    this.#converter.close();
  }

  /** The reply that the frame sent last belongs to: reports follow their frames. */
  #begin(replyId: string): void {
    this.#replyId = replyId;
    const last = this.frames.at(-1);
    if (last !== undefined) last.replyId = replyId;
  }

  #play(frame: Int16Array | null, atMs: number): void {
    const whole = new Int16Array((frameMs * voiceSampleRate) / 1_000);
    if (frame !== null) whole.set(frame);
    const level = Math.sqrt(whole.reduce((sum, x) => sum + x * x, 0) / whole.length) / 32_768;
    this.frames.push({ atMs, level, replyId: this.#replyId });
    this.#keep(this.#converter.process(whole));
  }

  /** The converter's first piece is shorter by its delay: frames stay whole. */
  #keep(samples: Int16Array): void {
    const kept = new Int16Array((frameMs * speechRate) / 1_000);
    kept.set(samples.subarray(0, kept.length), kept.length - Math.min(kept.length, samples.length));
    this.#played.push(kept);
  }
}
