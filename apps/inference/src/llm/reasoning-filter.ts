const openTag = "<think>";
const closeTag = "</think>";

/**
 * Removes `<think>…</think>` from streamed text. A tag may be split between deltas, and a model whose
 * prompt already opened the tag sends the closing one only.
 */
export class ReasoningFilter {
  #rest = "";
  #isThinking = false;
  #hasSpoken = false;

  /** @returns the text that is certainly not reasoning or part of a tag */
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
    // Keep a suffix that may be the beginning of a tag.
    const kept = Math.max(tornLength(this.#rest, openTag), tornLength(this.#rest, closeTag));
    const settled = this.#rest.slice(0, this.#rest.length - kept);
    this.#rest = this.#rest.slice(settled.length);
    if (!this.#isThinking) heard += settled;
    return this.#withoutLeadingSpace(heard);
  }

  /** @returns the text that was kept as a possible tag */
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

/** @returns length of the longest suffix of `text` that could begin `tag` */
function tornLength(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
