const spaceMark = "\u2581";

/**
 * A cut of text into the longest pieces from the left. That is often, not always, how the model's
 * own tokenizer would cut it.
 *
 * @param pieces by id, "\u2581" for a space
 * @returns text to ids; null when a character has no piece
 */
export function createGreedyCut(pieces: readonly string[]): (text: string) => number[] | null {
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const longest = Math.max(0, ...pieces.map(({ length }) => length));
  return (text) => {
    const marked = text.replaceAll(" ", spaceMark);
    const cut: number[] = [];
    let at = 0;
    while (at < marked.length) {
      let length = Math.min(longest, marked.length - at);
      while (length > 0 && !ids.has(marked.slice(at, at + length))) length--;
      const id = ids.get(marked.slice(at, at + length));
      if (id === undefined) return null;
      cut.push(id);
      at += length;
    }
    return cut;
  };
}
