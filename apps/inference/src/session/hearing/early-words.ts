import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { SessionSettings } from "../settings";

type EarlySettings = Pick<
  SessionSettings,
  "earlyWordsFromMs" | "earlyWordsCountFromMs" | "earlyWordsEveryMs" | "earlyWordsUntilMs"
>;

/**
 * First words of speech over a reply, read from copies of the recogniser's state before its stream
 * would write them: who interrupts is to be understood within a third of a second. A copy takes
 * sound that is cut off for whole words, so only what two looks in a row agree on counts; what one has
 * found makes the agent listen. Of the first moments nothing counts: two looks agree on "one" before
 * they find that it is "once", the agent's own.
 */
export class EarlyWords {
  readonly #settings: EarlySettings;
  readonly #look: () => Promise<string>;
  readonly #onWords: (text: string) => void;
  readonly #onGuess: (text: string) => void;
  #agreed = "";
  /** What the last look found that counts. */
  #lastText = "";
  #lastGuess = "";
  #lastLookMs = -Infinity;
  #isLooking = false;
  /** Rises with each stretch of speech, so that a late look is known as such. */
  #epoch = 0;

  constructor(options: {
    settings: EarlySettings;
    /** The words so far, as if the speech ended now. */
    look: () => Promise<string>;
    /** @param text that the last two looks agree on, when it changes */
    onWords: (text: string) => void;
    /** @param text that the last look found, told before what is agreed on */
    onGuess: (text: string) => void;
  }) {
    this.#settings = options.settings;
    this.#look = options.look;
    this.#onWords = options.onWords;
    this.#onGuess = options.onGuess;
  }

  /** Another stretch of speech begins, or none is looked at any more. */
  reset(): void {
    this.#epoch++;
    this.#agreed = "";
    this.#lastText = "";
    this.#lastGuess = "";
    this.#lastLookMs = -Infinity;
  }

  /** Looks if it is time to. A look that takes long delays the next one. */
  continued(speechMs: number): void {
    const { earlyWordsFromMs, earlyWordsEveryMs, earlyWordsUntilMs } = this.#settings;
    const isWithin = speechMs >= earlyWordsFromMs && speechMs <= earlyWordsUntilMs;
    if (!isWithin || this.#isLooking || speechMs < this.#lastLookMs + earlyWordsEveryMs) return;
    this.#lastLookMs = speechMs;
    void this.#lookOnce(speechMs, this.#epoch);
  }

  async #lookOnce(speechMs: number, epoch: number): Promise<void> {
    this.#isLooking = true;
    const text = await this.#look().finally(() => {
      this.#isLooking = false;
    });
    if (epoch !== this.#epoch) return;
    if (text !== this.#lastGuess) this.#onGuess(text);
    this.#lastGuess = text;
    if (speechMs < this.#settings.earlyWordsCountFromMs) return;
    const agreed = commonBeginning(this.#lastText, text);
    this.#lastText = text;
    if (agreed === this.#agreed) return;
    this.#agreed = agreed;
    this.#onWords(agreed);
  }
}

/** @returns the beginning of the later words that the earlier ones have too, as it was written */
function commonBeginning(before: string, after: string): string {
  const earlier = normalizedWords(before);
  const words = normalizedWords(after);
  const other = words.findIndex((word, at) => word !== earlier[at]);
  if (other < 0) return after;
  const pieces = after.split(/\s+/u);
  const beginnings = pieces.map((_, at) => pieces.slice(0, at).join(" "));
  return beginnings.findLast((text) => normalizedWords(text).length <= other) ?? "";
}
