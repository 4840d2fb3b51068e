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
 * Converts a chat model's text to its spoken form, clause by clause. Each text needs an instance of
 * its own: code, reasoning and tool calls may open in one clause and close in a later one.
 */
export class SpokenClauses {
  readonly #language: SpokenLanguage;
  readonly #blocks: UnspokenBlocks;

  /** @param options.language BCP 47; unknown languages keep figures and signs */
  constructor(options: { language: string }) {
    this.#language = spokenLanguage(options.language);
    this.#blocks = new UnspokenBlocks(this.#language.codeLeftOut);
  }

  /** @returns the clause's spoken form; empty when nothing can be spoken */
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
