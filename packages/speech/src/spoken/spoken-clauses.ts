import { spokenAddresses } from "./addresses";
import { withoutInlineMarkup } from "./markup/inline-markup";
import { withoutLatex } from "./markup/latex";
import { withoutLineMarkup } from "./markup/line-markup";
import { withoutPictographs } from "./markup/pictographs";
import { withoutNoise, withPlainCharacters } from "./markup/plain-characters";
import { UnspokenBlocks } from "./markup/unspoken-blocks";
import { spokenPunctuation, tidied } from "./punctuation";
import { spokenLanguage, type SpokenLanguage } from "./spoken-language";

/**
 * Turns what a chat model writes into what a voice says, clause by clause. One for each text:
 * code, reasoning and tool calls may open in one clause and close in a later one.
 */
export class SpokenClauses {
  readonly #language: SpokenLanguage;
  readonly #blocks: UnspokenBlocks;

  /** @param options.language BCP 47; one that is not known keeps its figures and signs */
  constructor(options: { language: string }) {
    this.#language = spokenLanguage(options.language);
    this.#blocks = new UnspokenBlocks(this.#language.codeLeftOut);
  }

  /** @returns what to say for the clause; empty when there is nothing to say */
  of(clause: string): string {
    const { address, words } = this.#language;
    let text = this.#blocks.remove(withPlainCharacters(clause));
    text = spokenAddresses(withoutInlineMarkup(withoutLatex(withoutLineMarkup(text))), address);
    text = withoutNoise(withoutPictographs(text));
    if (words === null) return speakable(text.replace(/\s+/gu, " ").trim());
    text = text.replace(/\s+/gu, " ").trim();
    return speakable(tidied(spokenPunctuation(words(text))));
  }
}

function speakable(text: string): string {
  return /[\p{L}\p{N}]/u.test(text) ? text : "";
}
