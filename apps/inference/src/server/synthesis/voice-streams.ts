import { AppError } from "@parley/shared/errors";
import type { SynthesizerNotice } from "./synthesizer-messages";
import { maxWaitingSegments, type TextSegment, type VoiceStream } from "./voice-stream";

export type VoiceStreamsOptions = {
  notice: (notice: SynthesizerNotice) => void;
  /** Receives failures that a stream could not report itself. */
  onFailure: (error: unknown) => void;
};

/** Queue of one client's streams; a closed stream is spoken to its end before the next. */
export class VoiceStreams {
  readonly #options: VoiceStreamsOptions;
  /** In order; the first one is speaking. */
  #streams: VoiceStream[] = [];

  constructor(options: VoiceStreamsOptions) {
    this.#options = options;
  }

  /** The stream that accepts texts; null without one. */
  get open(): VoiceStream | null {
    return this.#streams.find(({ isOpen }) => isOpen) ?? null;
  }

  get isEmpty(): boolean {
    return this.#streams.length === 0;
  }

  /** Queues a stream; it starts once the earlier ones are done. */
  add(stream: VoiceStream): void {
    this.#streams.push(stream);
    if (this.#streams.length === 1) this.#run(stream);
  }

  /** @throws AppError `too-many-requests` when too many texts are waiting */
  speak(stream: VoiceStream, segment: TextSegment): void {
    const isRoom = this.#waiting < maxWaitingSegments;
    if (isRoom && stream.add(segment)) return;
    const message = `${maxWaitingSegments} texts are waiting; this one is refused`;
    throw new AppError("too-many-requests", message, { isRetryable: true });
  }

  /** Ends all streams at once and sends `cancelled`; no sound follows. */
  cancel(reason: "cancel" | "init" | "idle"): void {
    const [speaking] = this.#streams;
    const dropped = this.#waiting;
    for (const stream of this.#streams) stream.cancel();
    this.#streams = [];
    this.#options.notice({
      type: "cancelled",
      stream_id: speaking?.id ?? null,
      reason,
      total_audio_ms: 0,
      segments_generated: 0,
      ...speaking?.totals,
      segments_dropped: dropped,
    });
  }

  isSpeaking(id: string): boolean {
    return this.#streams[0]?.id === id;
  }

  /** Ends all streams without a message. */
  stop(): void {
    for (const stream of this.#streams) stream.cancel();
    this.#streams = [];
  }

  get #waiting(): number {
    return this.#streams.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  #run(stream: VoiceStream): void {
    stream.run().then(
      () => {
        if (this.#streams[0] !== stream) return;
        this.#streams.shift();
        const next = this.#streams.at(0);
        if (next !== undefined) this.#run(next);
      },
      (error: unknown) => {
        this.#options.onFailure(error);
      },
    );
  }
}
