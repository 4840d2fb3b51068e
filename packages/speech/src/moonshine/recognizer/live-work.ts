import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Recognition } from "../../contracts/recognizer";
import { windowSamples, type SegmentSound } from "../segments/segment-sound";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { HeardSegment } from "./heard-segment";
import type { PartialPace } from "./partial-pace";
import { guessSegment, settleSegment } from "./recognize-segment";
import type { Priority } from "./run-queue";
import { turnsOf, type SegmentWork, type SharedModel } from "./segment-work";

export type LiveWorkOptions = SharedModel & { pace: PartialPace; clock: Clock };

/** Ended segments that may wait for their words before the speaker's sound waits too. */
const maxUnsettled = 2;
const windowMs = windowSamples / speechSamplesPerMs;
/**
 * A pause, in windows: from silence on, or from 64 ms without a voice, a final text is about to be
 * wanted, for which a guess would be in the way; after a quarter of a second it was not.
 */
const pause = { from: 2, to: 8 };

function isPause({ quietWindows, isEndHeard }: SegmentSound): boolean {
  return quietWindows < pause.to && (isEndHeard || quietWindows >= pause.from);
}

/** A final text on its way before anybody wants it. */
type LookAhead = {
  segment: HeardSegment;
  heardWindows: number;
  /** Rises once it is wanted. */
  urgency: { priority: Priority };
  found: Promise<Recognition>;
};

/**
 * Words of a live speaker. They are guessed anew as the segment grows, on the draft of the last
 * guess, one guess at a time: a guess that waits for its turn is about the sound of that moment. What
 * is final takes the place of a guess under way. As soon as somebody falls silent the final text is
 * looked for, so that it is there when voice activity has ended.
 */
export class LiveWork implements SegmentWork {
  readonly #options: LiveWorkOptions;
  readonly #closing = new AbortController();
  /** Aborted when what was said no longer counts. */
  #utterance = childController(this.#closing.signal);
  /** The guess under way: aborted when a final text is wanted, and when it is done. */
  #guessing: AbortController | null = null;
  #ahead: LookAhead | null = null;
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
    const last = segments.at(-1);
    if (last !== undefined && this.#isEnding(last)) this.#guessing?.abort();
    this.#start();
    const unsettled = segments.filter((segment) => segment.isEnded && segment.settled === null);
    if (unsettled.length > maxUnsettled) await this.#working;
    this.#throwFailure();
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
    for (const segment of this.#segments) segment.forgetPeeked();
  }

  async settleEnded(segments: readonly HeardSegment[]): Promise<void> {
    this.#segments = segments;
    this.#isFinal = true;
    this.#guessing?.abort();
    if (this.#ahead !== null) this.#ahead.urgency.priority = "final";
    try {
      await this.#working;
      this.#start();
      await this.#working;
    } finally {
      this.#isFinal = false;
    }
    this.#throwFailure();
  }

  peek(segment: HeardSegment): Promise<Recognition> {
    const ahead = this.#ahead;
    const { heardWindows } = segment.sound;
    if (ahead?.segment === segment && ahead.heardWindows === heardWindows) {
      ahead.urgency.priority = "final";
      return ahead.found;
    }
    return this.#find(segment, () => "final");
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
          ended.settle(await this.peek(ended));
        } else if (last !== undefined && this.#isEnding(last)) {
          await this.#lookAhead(last);
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

  #isEnding({ isEnded, isWitnessed, peeked, sound }: HeardSegment): boolean {
    if (isEnded || !isWitnessed || peeked !== null || !this.#options.pace.isUnhurried) return false;
    return sound.isEndHeard && isPause(sound);
  }

  async #lookAhead(segment: HeardSegment): Promise<void> {
    const { heardWindows } = segment.sound;
    const urgency: LookAhead["urgency"] = { priority: "partial" };
    const found = this.#find(segment, () => urgency.priority);
    this.#ahead = { segment, heardWindows, urgency, found };
    try {
      await found;
    } finally {
      this.#ahead = null;
    }
  }

  /** The words of a segment if it ends here, and a draft for a speaker who goes on. */
  async #find(segment: HeardSegment, priority: () => Priority): Promise<Recognition> {
    const known = segment.peeked;
    if (known !== null) return known;
    const { heardWindows } = segment.sound;
    const { settled, guess } = await settleSegment({
      model: this.#options.model,
      sound: segment.sound,
      draft: segment.draft,
      agreed: segment.agreed,
      isWitnessed: segment.isWitnessed,
      booster: this.#booster,
      run: turnsOf(this.#options, priority, this.#utterance.signal),
    });
    segment.keepAsDraft(guess);
    segment.keepPeeked(settled, heardWindows);
    return settled;
  }

  #isGuessDue({ isEnded, isWitnessed, newWindows, sound }: HeardSegment): boolean {
    if (this.#isFinal || isEnded || !isWitnessed) return false;
    if (isPause(sound)) return false;
    return newWindows * windowMs >= this.#options.pace.stepMs;
  }

  async #guess(segment: HeardSegment): Promise<void> {
    const { clock, pace, model } = this.#options;
    const guessing = childController(this.#utterance.signal);
    this.#guessing = guessing;
    const { signal } = guessing;
    const inTurn = turnsOf(this.#options, () => "partial", signal);
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
      guessing.abort();
      this.#guessing = null;
    }
    pace.note(this, costMs);
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }
}
