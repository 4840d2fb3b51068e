import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Recognition } from "../../contracts/recognizer";
import { windowSamples } from "../segments/segment-sound";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { HeardSegment } from "./heard-segment";
import type { PartialPace } from "./partial-pace";
import { guessSegment, nothingHeard, settleSegment } from "./recognize-segment";
import { turnsOf, type SegmentWork, type SharedModel } from "./segment-work";

export type LiveWorkOptions = SharedModel & { pace: PartialPace; clock: Clock };

/** Ended segments that may wait for their words before the speaker's sound waits too. */
const maxUnsettled = 2;
const windowMs = windowSamples / speechSamplesPerMs;

/**
 * Words of a live speaker. They are guessed anew as the segment grows, on the draft of the last
 * guess, one guess at a time: a guess that waits for its turn is about the sound of that moment. What
 * is final takes the place of a guess under way.
 */
export class LiveWork implements SegmentWork {
  readonly #options: LiveWorkOptions;
  readonly #closing = new AbortController();
  /** Aborted when what was said no longer counts. */
  #utterance = childController(this.#closing.signal);
  /** Aborted when a final text is wanted. */
  #guessing = childController(this.#utterance.signal);
  #segments: readonly HeardSegment[] = [];
  #working: Promise<void> | null = null;
  #isFinal = false;
  #failure: Error | null = null;
  #booster: TokenBooster | null = null;

  constructor(options: LiveWorkOptions) {
    this.#options = options;
  }

  async update(segments: readonly HeardSegment[]): Promise<void> {
    this.#segments = segments;
    this.#start();
    const unsettled = segments.filter((segment) => segment.isEnded && segment.settled === null);
    if (unsettled.length > maxUnsettled) await this.#working;
    this.#throwFailure();
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
  }

  async settleEnded(segments: readonly HeardSegment[]): Promise<void> {
    this.#segments = segments;
    this.#isFinal = true;
    this.#guessing.abort();
    try {
      await this.#working;
      this.#start();
      await this.#working;
    } finally {
      this.#isFinal = false;
    }
    this.#throwFailure();
  }

  async peek(segment: HeardSegment): Promise<Recognition> {
    const { settled, guess } = await settleSegment({
      model: this.#options.model,
      sound: segment.sound,
      draft: segment.draft,
      booster: this.#booster,
      run: turnsOf(this.#options, "final", this.#utterance.signal),
    });
    // For a speaker who goes on.
    segment.keepAsDraft(guess);
    return settled;
  }

  overdueWindows(segment: HeardSegment): number {
    if (!segment.isWitnessed) return 0;
    return Math.max(0, segment.newWindows - (2 * this.#options.pace.stepMs) / windowMs);
  }

  async abandon(): Promise<void> {
    this.#utterance.abort();
    await this.#working;
    this.#segments = [];
    this.#failure = null;
    this.#utterance = childController(this.#closing.signal);
  }

  close(reason: Error): void {
    this.#closing.abort(reason);
    this.#options.pace.forget(this);
  }

  async idle(): Promise<void> {
    await this.#working;
  }

  #start(): void {
    if (this.#working !== null) return;
    this.#working = this.#work(this.#utterance.signal).finally(() => {
      this.#working = null;
    });
  }

  /** Never rejects: what went wrong is told by the next call. */
  async #work(utterance: AbortSignal): Promise<void> {
    try {
      while (!utterance.aborted) {
        const ended = this.#segments.find(({ isEnded, settled }) => isEnded && settled === null);
        const last = this.#segments.at(-1);
        if (ended !== undefined) {
          ended.settle(ended.isWitnessed ? await this.peek(ended) : nothingHeard);
        } else if (last !== undefined && this.#isGuessDue(last)) {
          await this.#guess(last);
        } else {
          return;
        }
      }
    } catch (error) {
      if (!utterance.aborted) this.#failure = error as Error;
    }
  }

  #isGuessDue({ isEnded, isWitnessed, newWindows }: HeardSegment): boolean {
    if (this.#isFinal || isEnded || !isWitnessed) return false;
    return newWindows * windowMs >= this.#options.pace.stepMs;
  }

  async #guess(segment: HeardSegment): Promise<void> {
    const { clock, pace, model } = this.#options;
    this.#guessing = childController(this.#utterance.signal);
    const { signal } = this.#guessing;
    const inTurn = turnsOf(this.#options, "partial", signal);
    let costMs = 0;
    const run = <Result>(task: () => Promise<Result>) =>
      inTurn(async () => {
        const startMs = clock.now();
        const result = await task();
        costMs += clock.now() - startMs;
        return result;
      });
    try {
      const { sound, draft } = segment;
      const guess = await guessSegment({ model, sound, draft, booster: this.#booster, run });
      if (!signal.aborted) segment.take(guess);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      // Or it would listen to the utterance for as long as that lasts.
      this.#guessing.abort();
    }
    pace.note(this, costMs);
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }
}
