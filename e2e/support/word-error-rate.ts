/** Lower case, no punctuation, single spaces: what a recogniser can be held to. */
export function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}' ]+/gu, " ")
    .split(" ")
    .filter((word) => word !== "");
}

/** Word error rate: edits (substitution, insertion, deletion) over the reference's words; 0 is perfect. */
export function wordErrorRate(reference: string, heard: string): number {
  const expected = plainWords(reference);
  const actual = plainWords(heard);
  let previous = actual.map((_, index) => index + 1);
  previous.unshift(0);
  for (const [row, word] of expected.entries()) {
    const current = [row + 1];
    for (const [column, other] of actual.entries()) {
      current.push(
        Math.min(
          (previous[column] ?? 0) + (word === other ? 0 : 1),
          (previous[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
        ),
      );
    }
    previous = current;
  }
  return (previous.at(-1) ?? 0) / Math.max(1, expected.length);
}
