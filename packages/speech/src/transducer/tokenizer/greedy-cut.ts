const spaceMark = "\u2581";

/**
 * Greedy tokenization: the longest piece each time, from the left. That is often, not always, how
 * the model's own tokenizer would cut a text.
 *
 * @param pieces by id, "\u2581" for a space
 * @returns a function from text to ids, which returns null when a character has no piece
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
