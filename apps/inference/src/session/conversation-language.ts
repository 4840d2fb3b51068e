import { closestLanguage } from "@parley/shared/protocol/closest-language";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";

/** A language that was asked for, and that the voice or the recogniser lacks. */
export type MissingLanguage = { language: string; lackedBy: "voice" | "recogniser" };

/**
 * Language of a conversation: the one that its agent asks for, where the present voice speaks it, else
 * the voice's first. It is asked anew each time, since the voice may be switched while people talk.
 */
export class ConversationLanguage {
  readonly #options: {
    synthesizer: Pick<Synthesizer, "languages">;
    wanted: () => string;
    onMissing: (missing: MissingLanguage) => void;
  };
  /** Told once for each language and voice. */
  #told = "";
  #refused = "";

  constructor(options: {
    synthesizer: Pick<Synthesizer, "languages">;
    /** The agent's, as a BCP 47 tag; empty for the voice's first. */
    wanted: () => string;
    /** Told once for each language and whoever lacks it. */
    onMissing: (missing: MissingLanguage) => void;
  }) {
    this.#options = options;
  }

  /** One of the present voice's languages. */
  get spoken(): string {
    return this.#chosen ?? this.#languages[0] ?? "en";
  }

  /**
   * What the recogniser is to be told; undefined where nobody asked for a language, or for one that
   * the voice lacks: then the recogniser's own setting, or its own guess, is the best there is.
   */
  get heard(): string | undefined {
    return this.#chosen;
  }

  /** The recogniser's model does not know the language, and listens as it does by itself. */
  refused(language: string): void {
    if (this.#refused === language) return;
    this.#refused = language;
    this.#options.onMissing({ language, lackedBy: "recogniser" });
  }

  get #languages(): readonly string[] {
    return this.#options.synthesizer.languages ?? ["en"];
  }

  get #chosen(): string | undefined {
    const wanted = this.#options.wanted();
    if (wanted === "") return undefined;
    const found = closestLanguage(wanted, this.#languages);
    const missing = [wanted, ...this.#languages].join(" ");
    if (found === undefined && this.#told !== missing) {
      this.#told = missing;
      this.#options.onMissing({ language: wanted, lackedBy: "voice" });
    }
    return found;
  }
}
