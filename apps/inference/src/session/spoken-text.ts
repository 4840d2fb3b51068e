const emoji =
  /[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u200D\uFE0F\u20E3]/gu;

/**
 * Takes out of a model's text what cannot be spoken: Markdown, addresses, emoji, code. One per
 * reply, because a block of code spans clauses.
 */
export class SpokenText {
  #isInCode = false;

  /** @returns what to say for the clause; empty when there is nothing to say */
  of(clause: string): string {
    const fences = clause.split("```");
    let spoken = "";
    fences.forEach((piece, index) => {
      if (index > 0) this.#isInCode = !this.#isInCode;
      if (!this.#isInCode) spoken += piece;
      else if (index > 0) spoken += " I leave out the code. ";
    });
    return plain(spoken);
  }
}

function plain(text: string): string {
  return (
    text
      // [words](address) and ![picture](address)
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/\b(?:https?:\/\/|www\.)[^\s)>\]]*[^\s)>\].,;:!?]/gi, "link")
      .replace(/<\/?[a-z][^>]*>/gi, "")
      .replace(/^\s*(?:#{1,6}|[-*+•]|>)\s+/gm, "")
      .replace(/^\s*(?:[-*_]\s*){3,}$/gm, "")
      .replace(/(\*\*|__|~~|`)/g, "")
      .replace(/(^|[\s("'])[*_](\S(?:[^*_]*\S)?)[*_](?=[\s)"'.,;:!?]|$)/g, "$1$2")
      .replace(/\s*\|\s*/g, ", ")
      .replace(emoji, "")
      .replace(/\s+/g, " ")
      .replace(/ ([.,;:!?])/g, "$1")
      .trim()
      .replace(/^[^\p{L}\p{N}]+$/u, "")
  );
}
