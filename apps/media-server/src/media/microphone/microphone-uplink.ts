import { speechRate } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import { encodeLinkFrame } from "@parley/shared/protocol/link-frame";
import { MicrophoneBacklog } from "./microphone-backlog";
import type { TapFrame } from "./microphone-tap";
import { SentSound } from "./sent-sound";

/** The link as microphones see it. */
type Link = { readonly isWritable: boolean; send(data: Uint8Array): void };

export type MicrophoneUplinkOptions = {
  link: Link;
  clock: Clock;
  /** Called when sound that waited too long was given up. */
  onDropped: (frames: number) => void;
};

/** Microphones' way to the worker: frames wait while it is away, and are sent anew when it died. */
export class MicrophoneUplink {
  readonly #options: MicrophoneUplinkOptions;
  readonly #backlog = new MicrophoneBacklog();
  readonly #sent = new SentSound();
  readonly #sequences = new Map<MemberId, number>();
  #isOpen = false;
  #toldDropped = 0;

  constructor(options: MicrophoneUplinkOptions) {
    this.#options = options;
  }

  /** Frames that were given up so far. */
  get droppedFrames(): number {
    return this.#toldDropped + this.#backlog.droppedFrames;
  }

  /** Queues a frame; kept for a while when the link is away or slow. */
  push(memberId: MemberId, frame: TapFrame): void {
    this.#backlog.push(memberId, frame);
    this.#drain();
  }

  /** Begins to send: a session hears from now on. */
  open(): void {
    this.#isOpen = true;
    this.#drain();
  }

  /** Follows the turns, to know from where on their sound would have to be sent again. */
  note(notice: LinkNotice): void {
    this.#sent.note(notice, this.#options.clock.now());
  }

  /**
   * The session is gone: what it heard of turns in hand waits for the next one.
   *
   * @returns members whose turn will be heard again, from its beginning
   */
  lose(): MemberId[] {
    if (!this.#isOpen) return [];
    this.#isOpen = false;
    this.#sequences.clear();
    const unheard = this.#sent.take(this.#options.clock.now());
    for (const { memberId, frames } of unheard) this.#backlog.putBack(memberId, frames);
    return unheard.filter(({ hasTurn }) => hasTurn).map(({ memberId }) => memberId);
  }

  forget(memberId: MemberId): void {
    this.#backlog.forget(memberId);
    this.#sent.forget(memberId);
    this.#sequences.delete(memberId);
  }

  #drain(): void {
    if (!this.#isOpen) return;
    const { link, onDropped } = this.#options;
    this.#backlog.drain((memberId, frame) => {
      if (!link.isWritable) return false;
      const sequence = this.#sequences.get(memberId) ?? 0;
      this.#sequences.set(memberId, sequence + 1);
      this.#sent.add(memberId, frame);
      link.send(
        encodeLinkFrame({
          kind: "microphone",
          id: memberId,
          sequence,
          sampleRate: speechRate,
          stampMs: frame.arrivedAtMs,
          samples: frame.samples,
        }),
      );
      return true;
    });
    if (this.#backlog.droppedFrames > 0) {
      const { droppedFrames } = this.#backlog;
      onDropped(droppedFrames);
      this.#toldDropped += droppedFrames;
      this.#backlog.droppedFrames = 0;
    }
  }
}
