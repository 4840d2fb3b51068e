import type { ChatChunk } from "./chat-chunk";

type Piece = ChatChunk["toolCalls"][number];
type Call = { index: number | null; id: string | null; name: string; arguments: string };

/** Limits on what one answer may call; a model that runs on is cut there. */
const maxCalls = 32;
const maxCharacters = 200_000;

/**
 * Calls of tools in one answer, which servers send whole or in pieces, with or without ids and
 * indices, and some with the same index for all.
 */
export class ToolCallPieces {
  readonly #calls: Call[] = [];
  #characters = 0;

  push(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.#add(piece);
  }

  /** The calls so far, in the order in which they began, as the provider reads them. */
  get calls(): ChatChunk["toolCalls"] {
    const ids = new Set<string>();
    return this.#calls.flatMap(({ id, name, arguments: text }, index) => {
      if (name === "") return [];
      const own = id === null || ids.has(id) ? `call-${index + 1}` : id;
      ids.add(own);
      return [{ index, id: own, function: { name, arguments: unquoted(text) } }];
    });
  }

  #add({ index = null, id = null, function: { name, arguments: text } }: Piece): void {
    this.#characters += text?.length ?? 0;
    if (this.#characters > maxCharacters) return;
    const own = id === "" ? null : id;
    const known = this.#find({ index, id: own, name: name ?? "" });
    if (known !== undefined) {
      known.id ??= own;
      if (known.name === "") known.name = name?.trim() ?? "";
      known.arguments += text ?? "";
    } else if (this.#calls.length < maxCalls) {
      this.#calls.push({ index, id: own, name: name?.trim() ?? "", arguments: text ?? "" });
    }
  }

  /** @returns the call that the piece goes on with, the last one in case of doubt */
  #find({ index, id, name }: Pick<Call, "index" | "id" | "name">): Call | undefined {
    if (id !== null) {
      const same = this.#calls.find((call) => call.id === id);
      if (same !== undefined) return same;
    }
    const candidate =
      index === null
        ? this.#calls.at(-1)
        : this.#calls.findLast((call) => call.index === index || call.index === null);
    if (candidate === undefined) return undefined;
    const isOther = id !== null && candidate.id !== null && name !== "";
    // Without ids the next call begins with another name, or with the same once the last is whole.
    const isNamed = name !== "" && candidate.name !== "";
    const isNext = isNamed && (name !== candidate.name || isWhole(candidate.arguments));
    return isOther || isNext ? undefined : candidate;
  }
}

function isWhole(text: string): boolean {
  return parsed(text) !== undefined;
}

/** Arguments as one JSON text: some servers send a JSON text that holds a JSON text, or nothing. */
function unquoted(text: string): string {
  if (text.trim() === "") return "{}";
  const value = parsed(text);
  const isQuoted = typeof value === "string" && parsed(value) !== undefined;
  return isQuoted ? value : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
