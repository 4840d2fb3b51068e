/** Word errors between a spoken and a heard text: inserted, lost and replaced words. */
export function wordErrors(said: string, heard: string): number {
  const expected = words(said);
  const found = words(heard);
  let row = found.map((_, index) => index + 1);
  expected.forEach((word, line) => {
    let diagonal = line;
    let left = line + 1;
    row = row.map((above, column) => {
      const cost = Math.min(left + 1, above + 1, diagonal + (found[column] === word ? 0 : 1));
      diagonal = above;
      left = cost;
      return cost;
    });
  });
  return row.at(-1) ?? expected.length;
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
