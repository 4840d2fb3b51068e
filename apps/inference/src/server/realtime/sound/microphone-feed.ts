import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import { FrameSlicer } from "@parley/shared/audio/frame-slicer";

export type MicrophoneFeedOptions = {
  clock: Clock;
  /** Sound goes on at the speed of speech, for pauses are measured by the clock; or at once. */
  isPaced: () => boolean;
  /** Sound that waits further on, ms. */
  waitingMs: () => number;
  hear: (samples: Int16Array, stampMs: number) => void;
};

const frameMs = 20;
const frameSamples = frameMs * speechSamplesPerMs;
/** Sound may come so far ahead of its time: clients send it in pieces of up to 200 ms. */
const leadMs = 400;
/** A longer queue is heard faster, so that a stall of the network does not delay for ever. */
const longQueueMs = 1_000;
const catchUpSpeed = 1.5;
/** So much may wait in the session, whose own queue would drop what is above five seconds. */
const mostWaitingMs = 500;
/** Places in the sound whose time is remembered: gaps in the last hour or so. */
const maxAnchors = 200;

/** Hands a client's sound to the session frame by frame, however fast it comes. */
export class MicrophoneFeed {
  readonly #options: MicrophoneFeedOptions;
  readonly #slicer = new FrameSlicer(frameSamples);
  #queue: (Int16Array | (() => void))[] = [];
  #cancel: (() => void) | null = null;
  #isClosed = false;
  /** End of the sound that was handed on, by the clock. */
  #dueMs = -Infinity;
  #heardMs = 0;
  #queuedMs = 0;
  /** Where the time of the sound jumped. */
  #anchors: { stampMs: number; soundMs: number }[] = [];

  constructor(options: MicrophoneFeedOptions) {
    this.#options = options;
  }

  /** Sound that waits here, ms. */
  get queuedMs(): number {
    return this.#queuedMs;
  }

  /** Length of all sound that came, ms. */
  get receivedMs(): number {
    return this.#heardMs + this.#queuedMs;
  }

  /** @param samples 16 kHz, any number */
  push(samples: Int16Array): void {
    for (const frame of this.#slicer.push(samples)) {
      this.#queue.push(frame);
      this.#queuedMs += frameMs;
    }
    this.#pump();
  }

  /** @param onReached called once all sound from before was handed on */
  mark(onReached: () => void): void {
    this.#queue.push(onReached);
    this.#pump();
  }

  /** Forgets the sound that waits; marks are kept. */
  clear(): void {
    this.#slicer.flush();
    this.#queue = this.#queue.filter((entry) => typeof entry === "function");
    this.#heardMs += this.#queuedMs;
    this.#queuedMs = 0;
    this.#cancel?.();
    this.#cancel = null;
    this.#pump();
  }

  /** @returns the place in the sound that was handed on with this stamp, ms from the beginning */
  soundMsAt(stampMs: number): number {
    const anchor = this.#anchors.findLast((candidate) => candidate.stampMs <= stampMs);
    if (anchor === undefined) return 0;
    return Math.round(Math.min(anchor.soundMs + stampMs - anchor.stampMs, this.#heardMs));
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#queue = [];
  }

  #pump(): void {
    if (this.#cancel !== null) return;
    const { clock } = this.#options;
    for (let next = this.#queue[0]; next !== undefined && !this.#isClosed; next = this.#queue[0]) {
      const waitMs = typeof next === "function" ? 0 : this.#waitMs();
      if (waitMs > 0) {
        this.#cancel = clock.schedule(waitMs, () => {
          this.#cancel = null;
          this.#pump();
        });
        return;
      }
      this.#queue.shift();
      if (typeof next === "function") next();
      else this.#hear(next);
    }
  }

  #waitMs(): number {
    const { clock, isPaced, waitingMs } = this.#options;
    if (waitingMs() > mostWaitingMs) return frameMs;
    return isPaced() ? this.#dueMs - leadMs - clock.now() : 0;
  }

  #hear(samples: Int16Array): void {
    const { clock, isPaced, hear } = this.#options;
    const speed = this.#queuedMs > longQueueMs ? catchUpSpeed : 1;
    const stampMs = Math.max(this.#dueMs, clock.now());
    if (stampMs !== this.#dueMs || speed !== 1) this.#anchor(stampMs);
    this.#queuedMs -= frameMs;
    this.#heardMs += frameMs;
    // What is not paced leaves no debt behind for what is.
    this.#dueMs = isPaced() ? stampMs + frameMs / speed : clock.now();
    hear(samples, stampMs);
  }

  #anchor(stampMs: number): void {
    this.#anchors.push({ stampMs, soundMs: this.#heardMs });
    if (this.#anchors.length > maxAnchors) this.#anchors.shift();
  }
}
