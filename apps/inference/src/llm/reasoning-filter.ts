const openTag = "<think>";
const closeTag = "</think>";

/**
 * Takes `<think>…</think>` out of text that arrives in pieces. Tags may be torn apart between
 * pieces, and a model whose prompt already opened the thinking sends a closing tag only.
 */
export class ReasoningFilter {
  #rest = "";
  #isThinking = false;
  #hasSpoken = false;

  /** @returns what of the text is certainly meant to be heard */
  push(delta: string): string {
    this.#rest += delta;
    let heard = "";
    for (;;) {
      const tag = this.#isThinking ? closeTag : this.#nextTag();
      const at = this.#rest.indexOf(tag);
      if (at === -1) break;
      if (!this.#isThinking) heard += this.#rest.slice(0, at);
      this.#rest = this.#rest.slice(at + tag.length);
      this.#isThinking = tag === openTag;
    }
    // The end may be the beginning of a tag: it waits.
    const kept = Math.max(tornLength(this.#rest, openTag), tornLength(this.#rest, closeTag));
    const settled = this.#rest.slice(0, this.#rest.length - kept);
    this.#rest = this.#rest.slice(settled.length);
    if (!this.#isThinking) heard += settled;
    return this.#withoutLeadingSpace(heard);
  }

  /** @returns what was held back and turned out to be no tag */
  flush(): string {
    const rest = this.#isThinking ? "" : this.#rest;
    this.#rest = "";
    return this.#withoutLeadingSpace(rest);
  }

  #nextTag(): string {
    const open = this.#rest.indexOf(openTag);
    const close = this.#rest.indexOf(closeTag);
    return close !== -1 && (open === -1 || close < open) ? closeTag : openTag;
  }

  #withoutLeadingSpace(text: string): string {
    const heard = this.#hasSpoken ? text : text.trimStart();
    this.#hasSpoken ||= heard !== "";
    return heard;
  }
}

/** @returns how many characters at the end of `text` could begin `tag` */
function tornLength(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
