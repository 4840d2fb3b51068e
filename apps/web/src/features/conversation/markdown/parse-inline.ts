/** Piece of a line: plain text, or text that is set apart. */
export type InlinePiece =
  | { type: "text" | "code"; text: string }
  | { type: "strong" | "emphasis"; pieces: InlinePiece[] }
  | { type: "link"; text: string; address: string };

const code = /(?<ticks>`+)(?<code>[^`]+)\k<ticks>/;
const strong = /\*\*(?=\S)(?<strong>[^*]+(?:\*[^*]+\*[^*]*)*)(?<=\S)\*\*/;
const emphasis = /(?<![\w*])\*(?=\S)(?<emphasis>[^*\n]+)(?<=\S)\*(?![\w*])/;
const link = /\[(?<label>[^[\]\n]+)\]\((?<target>[^()\s]+)\)/;
/** An address in running text; punctuation at its end belongs to the sentence. */
const bare = /(?<bare>https?:\/\/[^\s<>"`]*[^\s<>"`.,;:!?'()[\]*])/;

const all = pattern(code, strong, emphasis, link, bare);
const addresses = pattern(bare);

/**
 * Pieces of a line in Markdown: `code`, **strong**, *emphasis*, [links](https://…) and bare
 * addresses. What is begun and not ended, as in words that are still coming, stays as it is.
 */
export function parseInline(line: string): InlinePiece[] {
  return parse(line, all);
}

/** Pieces of a line in which only addresses are set apart. */
export function parseAddresses(line: string): InlinePiece[] {
  return parse(line, addresses);
}

function parse(line: string, expression: RegExp): InlinePiece[] {
  const pieces: InlinePiece[] = [];
  let end = 0;
  for (const match of line.matchAll(expression)) {
    if (match.index > end) pieces.push({ type: "text", text: line.slice(end, match.index) });
    pieces.push(pieceOf(match[0], match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < line.length) pieces.push({ type: "text", text: line.slice(end) });
  return pieces;
}

function pieceOf(source: string, groups: Record<string, string | undefined>): InlinePiece {
  if (groups.code !== undefined) return { type: "code", text: groups.code };
  if (groups.strong !== undefined) return { type: "strong", pieces: parseInline(groups.strong) };
  if (groups.emphasis !== undefined) {
    return { type: "emphasis", pieces: parseInline(groups.emphasis) };
  }
  const address = safeAddress(groups.target ?? groups.bare ?? "");
  if (address === null) return { type: "text", text: source };
  return { type: "link", text: groups.label ?? source, address };
}

/** The address if a click on it can do no harm; null for scripts and whatever else there is. */
function safeAddress(target: string): string | null {
  if (!URL.canParse(target)) return null;
  const { protocol, href } = new URL(target);
  return ["http:", "https:", "mailto:"].includes(protocol) ? href : null;
}

function pattern(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join("|"), "gu");
}
