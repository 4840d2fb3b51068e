import { childController, isAbort } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import type { EndingDetector } from "@parley/speech/contracts/ending-detector";
import type { TurnDetector, TurnQuestion, UtteranceKind } from "../contracts/turn-detector";
import { kindWithSound } from "./kind-with-sound";

/** A sound that is judged later comes too late for the wait that it is to change. */
const soundLimitMs = 400;

/** Hears what was said, and then, where words leave it open, how it sounded. */
export class CombinedTurnDetector implements TurnDetector {
  readonly #words: Pick<TurnDetector, "estimate">;
  readonly #sound: EndingDetector;
  readonly #clock: Clock;
  readonly #onFailed: (error: unknown) => void;

  constructor(options: {
    words: Pick<TurnDetector, "estimate">;
    sound: EndingDetector;
    clock: Clock;
    /** The sound could not be judged: words alone decided. */
    onFailed: (error: unknown) => void;
  }) {
    this.#words = options.words;
    this.#sound = options.sound;
    this.#clock = options.clock;
    this.#onFailed = options.onFailed;
  }

  estimate(question: TurnQuestion, signal: AbortSignal): Promise<UtteranceKind> {
    return this.#words.estimate(question, signal);
  }

  async reconsider(
    { recentAudio }: TurnQuestion,
    kind: UtteranceKind,
    signal: AbortSignal,
  ): Promise<UtteranceKind> {
    if (kind !== "told" && kind !== "unsure") return kind;
    const limit = childController(signal);
    const cancel = this.#clock.schedule(soundLimitMs, () => {
      limit.abort(new Error("the sound was not judged in time"));
    });
    try {
      return kindWithSound(kind, await this.#sound.probability(recentAudio, limit.signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!isAbort(error, limit.signal)) this.#onFailed(error);
      return kind;
    } finally {
      cancel();
    }
  }
}
