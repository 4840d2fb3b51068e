import type { HistoryLine } from "@parley/shared/protocol/agent-link";
import type { TranscriptLine } from "../../contracts/tool";

/** Limits on what is kept of one room: about ten hours of talk. */
const maxLines = 10_000;
const maxCharacters = 1_000_000;
/** Lines of one answer. */
const maxFound = 12;

const words = /[\p{L}\p{N}]+/gu;

/** Lines that were said and typed in a room, to be searched by their words. */
export class TranscriptMemory {
  /** By the id of the turn, reply or message: a turn may become final again, longer. */
  readonly #lines = new Map<string, TranscriptLine>();
  #characters = 0;

  /** @param history what was said before; when is not known, so it is taken to be `atMs` */
  constructor(history: readonly HistoryLine[], atMs: number) {
    for (const [index, { role, name, text }] of history.entries()) {
      if (role !== "tool") this.add(`history-${index}`, { name, text, atMs });
    }
  }

  /** Adds a line, or replaces the one with this id. */
  add(id: string, line: TranscriptLine): void {
    if (line.text.trim() === "") return;
    this.#characters += line.text.length - (this.#lines.get(id)?.text.length ?? 0);
    this.#lines.set(id, line);
    for (const [oldest, { text }] of this.#lines) {
      if (this.#lines.size <= maxLines && this.#characters <= maxCharacters) break;
      this.#characters -= text.length;
      this.#lines.delete(oldest);
    }
  }

  /** @returns the lines with most of the query's words, newer ones first among equals, in order */
  search(query: string): TranscriptLine[] {
    const wanted = new Set(wordsOf(query));
    const scored = [...this.#lines.values()].map((line, index) => {
      const said = wordsOf(`${line.name} ${line.text}`);
      const found = [...wanted].filter((word) => said.some((other) => isSameWord(word, other)));
      return { line, index, score: found.length };
    });
    const best = scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || b.index - a.index)
      .slice(0, maxFound);
    return best.sort((a, b) => a.index - b.index).map(({ line }) => line);
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().normalize("NFKC").match(words) ?? [];
}

/** Endings may differ: "tomato" finds "tomatoes", "plant" finds "planting". */
function isSameWord(wanted: string, said: string): boolean {
  const shorter = Math.min(wanted.length, said.length);
  if (shorter < 4 || /\d/u.test(wanted + said)) return wanted === said;
  return wanted.startsWith(said.slice(0, shorter)) && Math.abs(wanted.length - said.length) <= 4;
}
