/** Position of a clause in its reply's sound. */
export type ClauseSpan = {
  text: string;
  startMs: number;
  /** Null while its sound is still being made. */
  endMs: number | null;
};

/** Usual speed of speech; stands in for the length of a clause that is still being made. */
const characterMs = 65;

/** Window of the reply that an echo may come from, around the last reported position, ms. */
const echoWindowMs = { before: 4_000, after: 400 };

const wordEnd = /\s|$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/uy;

/** @returns the text of the clauses that was heard within `playedMs`, cut after a whole word */
export function heardText(spans: readonly ClauseSpan[], playedMs: number): string {
  let heard = "";
  for (const span of spans) {
    if (span.startMs >= playedMs) break;
    heard = joinClauses(heard, heardOfClause(span, playedMs));
  }
  return heard;
}

/**
 * @param reachMs how much further back the echo may have begun
 *
 * @returns the text that an echo of the last moments may hold, whole clauses at its beginning
 */
export function recentText(spans: readonly ClauseSpan[], playedMs: number, reachMs = 0): string {
  const fromMs = playedMs - echoWindowMs.before - reachMs;
  const recent = spans.filter((span) => (span.endMs ?? Infinity) >= fromMs);
  return heardText(recent, playedMs + echoWindowMs.after);
}

/** @returns what the text has behind its heard beginning; empty if that is not its beginning */
export function unheardText(text: string, heard: string): string {
  return text.startsWith(heard) ? text.slice(heard.length).trim() : "";
}

/** @returns two pieces of text with a space between them where the script has spaces, and has none */
export function joinClauses(before: string, after: string): string {
  if (before === "" || after === "") return before + after;
  if (/\s$/u.test(before) || /^\s/u.test(after)) return before + after;
  return /[。！？，、；：…」』”’）]$/u.test(before) ? before + after : `${before} ${after}`;
}

function heardOfClause(span: ClauseSpan, playedMs: number): string {
  const { text, startMs } = span;
  if (span.endMs !== null && playedMs >= span.endMs) return text;
  const lengthMs =
    span.endMs === null ? text.length * characterMs : Math.max(1, span.endMs - startMs);
  const heardCharacters = Math.floor(((playedMs - startMs) / lengthMs) * text.length);
  for (let at = Math.min(heardCharacters, text.length); at > 0; at--) {
    wordEnd.lastIndex = at;
    if (wordEnd.test(text)) return text.slice(0, at).trimEnd();
  }
  return "";
}
