/**
 * Words of one turn as deltas, which can only be added to: a recogniser may still change its mind, so
 * the last word waits, and what contradicts the words that were sent waits for the end.
 */
export class LiveTranscript {
  #sent = "";

  /** @param text all words so far @returns those that can be sent now, often none */
  partial(text: string): string {
    const end = text.lastIndexOf(" ");
    return end < 0 ? "" : this.#take(text.slice(0, end));
  }

  /** @param text as it is final @returns the rest; nothing when what was sent was another text */
  final(text: string): string {
    return this.#take(text);
  }

  #take(text: string): string {
    if (!text.startsWith(this.#sent)) return "";
    const delta = text.slice(this.#sent.length);
    this.#sent = text;
    return delta;
  }
}
