import type { RecognizedWord } from "../../contracts/recognizer";
import { encoderFrameMs } from "../frame-rates";
import type { Detokenizer } from "../tokenizer/detokenizer";
import type { FrameToken } from "./transducer-search";

/**
 * RNN-T tells when a token starts and not how long it lasts: until the next one, but for no more
 * frames than these, about a syllable.
 */
const longestUntimedToken = 3;

/** Tokens with a text, and the frame at which the next such token starts. */
type PlacedToken = FrameToken & { nextFrame: number };

/**
 * Joins tokens to words, cut where the tokenizer's text of the same tokens has its spaces. A word is
 * as sure as its least sure token. Punctuation joins the word before it and leaves its end alone.
 *
 * Where all durations are one, as an RNN-T model gives, a word lasts until the next token starts,
 * at least one frame and at most three; NeMo always says one. Durations of a TDT model are taken as
 * they are.
 *
 * @param tokens all since the last reset, in order
 */
export function toWords(tokens: readonly FrameToken[], tokenizer: Detokenizer): RecognizedWord[] {
  const isTimed = tokens.some(({ duration }) => duration !== 1);
  return groupTokens(placeTokens(tokens, tokenizer), tokenizer).flatMap((group) => {
    const text = tokenizer.decode(group.map(({ id }) => id));
    const [first] = group;
    if (first === undefined || text === "") return [];
    const last = group.findLast(({ id }) => !isPunctuation(tokenizer, id)) ?? first;
    return {
      text,
      startMs: first.frame * encoderFrameMs,
      endMs: (last.frame + (isTimed ? last.duration : guessDuration(last))) * encoderFrameMs,
      confidence: Math.min(...group.map(({ confidence }) => confidence)),
    };
  });
}

/** Leaves out what people do not read. */
function placeTokens(tokens: readonly FrameToken[], tokenizer: Detokenizer): PlacedToken[] {
  const read = tokens.filter(({ id }) => {
    const { type } = tokenizer.pieceOf(id);
    return type === "text" || type === "byte";
  });
  return read.map((token, index) => ({ ...token, nextFrame: read[index + 1]?.frame ?? Infinity }));
}

function groupTokens(tokens: readonly PlacedToken[], tokenizer: Detokenizer): PlacedToken[][] {
  const groups: PlacedToken[][] = [];
  for (const token of tokens) {
    const piece = tokenizer.pieceOf(token.id);
    const isText = piece.type === "text";
    // A space that stood alone is taken back by a mark that follows it.
    if (isText && piece.closesWord) dropLoneSpaces(groups, tokenizer);
    const group = groups.at(-1);
    const startsWord = isText && piece.hasSpace && !piece.closesWord;
    if (group === undefined || startsWord) groups.push([token]);
    else group.push(token);
  }
  return groups;
}

function dropLoneSpaces(groups: PlacedToken[][], tokenizer: Detokenizer): void {
  while (groups.length > 1) {
    const ids = (groups.at(-1) ?? []).map(({ id }) => id);
    if (tokenizer.decode(ids) !== "") return;
    groups.pop();
  }
}

function isPunctuation(tokenizer: Detokenizer, id: number): boolean {
  const piece = tokenizer.pieceOf(id);
  return piece.type === "text" && piece.isPunctuation;
}

function guessDuration({ frame, nextFrame }: PlacedToken): number {
  return Math.max(1, Math.min(nextFrame - frame, longestUntimedToken));
}
