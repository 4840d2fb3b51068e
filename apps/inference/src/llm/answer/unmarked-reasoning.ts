/**
 * Openings that are about the person who asked instead of to them: models without a mark at the
 * beginning of their reasoning begin so, and hardly any answer does.
 */
const hunch =
  /\bthe user(?:'s\b|\s+(?:is|was|has|had|just|asks?|asked|wants?|wanted|says?|said|wrote|seems?|may|might|probably|needs?|greet(?:s|ed)?|would|didn't|did|gave|sent|replied)\b)|\b(?:we|I) (?:need|have|should|must) to (?:answer|respond|reply|produce|output|figure out|parse|follow|keep)\b|\blet me (?:think|recall|figure|analy[sz]e|break (?:this|it) down|consider)\b|\b(?:they|he|she)(?:'re| are| is|'s) asking (?:me |about |for )|\b(?:okay|ok|alright|hmm|wait), (?:so|let me|let's see)\b/iu;
/** Characters at the beginning of an answer in which the opening is looked for. */
const openingCharacters = 160;
/** Characters that are kept back at most: longer is hardly reasoning that still ends. */
const maxKept = 40_000;

/**
 * Reasoning without a mark at its beginning, as of models whose prompt already opens it. Text that
 * reads like it is kept back until a closing mark, or the end, tells what it was.
 */
export class UnmarkedReasoning {
  #opening = "";
  #kept = "";
  #isKeeping: boolean;
  #hasGiven = false;
  #wasReasoning = false;

  /** @param isExpected earlier answers of the model began so */
  constructor(isExpected: boolean) {
    this.#isKeeping = isExpected;
  }

  /** A closing mark showed that the answer began with reasoning. */
  get wasReasoning(): boolean {
    return this.#wasReasoning;
  }

  /** Nothing was given and nothing is kept. */
  get isEmpty(): boolean {
    return !this.#hasGiven && this.#kept.trim() === "";
  }

  /** @returns the part that can be given now */
  push(text: string): string {
    if (text === "") return "";
    if (!this.#isKeeping && !this.#wasReasoning && this.#opening.length < openingCharacters) {
      this.#opening += text;
      this.#isKeeping = hunch.test(this.#opening.slice(0, openingCharacters));
    }
    if (!this.#isKeeping) {
      this.#hasGiven = true;
      return text;
    }
    this.#kept += text;
    return this.#kept.length > maxKept ? this.flush() : "";
  }

  /** All so far was reasoning. @returns whether some of it had been given already */
  retract(): boolean {
    const hadGiven = this.#hasGiven;
    this.#kept = "";
    this.#isKeeping = false;
    this.#wasReasoning = true;
    this.#hasGiven = false;
    return hadGiven;
  }

  /** @returns what was kept: it was the answer after all */
  flush(): string {
    const kept = this.#kept;
    this.#kept = "";
    this.#isKeeping = false;
    this.#hasGiven ||= kept !== "";
    return kept;
  }
}
