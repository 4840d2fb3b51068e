/**
 * Replaces the lines between the markers of a part: `settings:begin NAME` and `settings:end NAME`,
 * in whatever kind of comment.
 *
 * @throws Error when the document lacks the markers
 */
export function replaceGeneratedPart(document: string, name: string, content: string): string {
  const lines = document.split("\n");
  const begin = lines.findIndex((line) => isMarker(line, "begin", name));
  const end = lines.findIndex((line) => isMarker(line, "end", name));
  if (begin < 0 || end < begin) {
    throw new Error(`no lines "settings:begin ${name}" and "settings:end ${name}" in this order`);
  }
  return [...lines.slice(0, begin + 1), content, ...lines.slice(end)].join("\n");
}

function isMarker(line: string, side: "begin" | "end", name: string): boolean {
  return line
    .split(/[\s,]+/u)
    .join(" ")
    .includes(`settings:${side} ${name}`);
}
