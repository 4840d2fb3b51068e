/** Lines without text: rules, underlines of headings, the line below a table's head. */
const drawing = /^[\s|:=*_+~-]{2,}$/u;
const linkDefinition = /^\s{0,3}\[[^\][]{1,200}\]:\s*\S/u;
const closers = /[.!?…:;,。！？，、；：]["'”’)\]*_`»」』]{0,8}$/u;

/**
 * Removes Markdown of whole lines: headings, lists, quotes, tables, rules. Their text gets a full
 * stop, so that a title does not run into the next line.
 */
export function withoutLineMarkup(text: string): string {
  const lines = text.split("\n").map(lineText);
  let spoken = "";
  lines.forEach((line, index) => {
    if (line.words === "") return;
    spoken += line.words;
    const next = lines[index + 1];
    if (next === undefined) return;
    const goesOn = !line.isBlock && !next.isBlock && next.words !== "";
    spoken += goesOn || closers.test(line.words) ? "\n" : ".\n";
  });
  return spoken;
}

type Line = { words: string; isBlock: boolean };

const nothing: Line = { words: "", isBlock: true };

function lineText(line: string): Line {
  if (drawing.test(line) && !/^\s*[-+]\s*$/u.test(line)) return nothing;
  if (linkDefinition.test(line)) return nothing;
  const unmarked = line
    .replace(/^\s*(?:>\s?){1,20}/u, "")
    .replace(/^\s{0,12}#{1,6}(?:\s+|$)/u, "")
    .replace(/^\s*[-*+•◦▪‣·–—]\s+/u, "")
    .replace(/^\[[ xX]\]\s+/u, "")
    .trim();
  const isTable = unmarked.startsWith("|") || / \| .* \| /u.test(unmarked.slice(0, 500));
  const words = isTable ? tableRow(unmarked) : unmarked.replace(/ \|{1,2} /gu, ", ");
  const isBlock = isTable || unmarked !== line.trim() || /^\s*\d{1,3}[.)]\s/u.test(line);
  return { words: words.replace(/ #{1,6}$/u, ""), isBlock };
}

function tableRow(row: string): string {
  const cells = row.split("|").map((cell) => cell.trim());
  return cells.filter((cell) => cell !== "").join(", ");
}
