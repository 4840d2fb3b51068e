/** Block of a text: lines that belong together. */
export type Block =
  | { type: "paragraph" | "code"; text: string }
  | { type: "heading"; text: string }
  /** `depth` counts from 0; `marker` is a bullet, or the number as it was written. */
  | { type: "item"; text: string; marker: string; depth: number };

const fence = /^\s*(?:```|~~~)/;
const heading = /^\s{0,3}#{1,6}\s+(?<text>.*?)\s*#*$/;
const item = /^(?<indent>\s*)(?:(?<bullet>[-*+•])|(?<number>\d{1,3})[.)])\s+(?<text>.*)$/;
const maxDepth = 3;

/** Blocks of a text in Markdown. A fence that is not closed yet reaches to the end. */
export function parseBlocks(source: string): Block[] {
  const blocks: Block[] = [];
  let open: { type: "paragraph" | "code"; lines: string[] } | null = null;
  const close = () => {
    if (open !== null) blocks.push({ type: open.type, text: open.lines.join("\n") });
    open = null;
  };
  const append = (type: "paragraph" | "code", line: string) => {
    if (open?.type !== type) close();
    open ??= { type, lines: [] };
    open.lines.push(line);
  };
  let isCode = false;
  for (const line of source.split("\n")) {
    if (fence.test(line)) {
      close();
      isCode = !isCode;
    } else if (isCode) append("code", line);
    else {
      const block = lineBlock(line);
      if (block === null && line.trim() !== "") append("paragraph", line);
      else close();
      if (block !== null) blocks.push(block);
    }
  }
  close();
  return blocks;
}

/** Block of one line: a heading or an item; null for any other line. */
function lineBlock(line: string): Block | null {
  const title = heading.exec(line)?.groups?.text;
  if (title !== undefined) return { type: "heading", text: title };
  const groups = item.exec(line)?.groups;
  if (groups === undefined) return null;
  const { indent = "", number, text = "" } = groups;
  const marker = number === undefined ? "•" : `${number}.`;
  return { type: "item", text, marker, depth: Math.min(maxDepth, Math.floor(indent.length / 2)) };
}
