import { speechRate } from "@parley/shared/audio/speech-rate";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { DecoderPasses, Logits } from "../model/decoder-passes";
import { bestToken, type PhraseState, type ScoredToken } from "./best-token";

/** What the decoder makes of a stretch of sound. */
export type Hypothesis = {
  readonly tokens: readonly ScoredToken[];
  /** Mean logarithm of the probabilities, that of the end of the text included. */
  readonly meanLogProbability: number;
  /** Ran into the limit of tokens: nearly always a loop. */
  readonly isTruncated: boolean;
};

export type Decoding = {
  passes: Pick<DecoderPasses, "pass" | "keep">;
  /** Tokens of an earlier hypothesis, which one pass verifies. */
  draft: readonly number[];
  maxTokens: number;
  /** Phrases to be preferred. */
  booster: TokenBooster | null;
  /** Runs one pass when it is its turn. */
  run: <Result>(pass: () => Promise<Result>) => Promise<Result>;
};

const startToken = 1;
const endToken = 2;
/**
 * Bound of a loop. The publisher's 6.5 cut off who speaks fast, and every beginning: a second of
 * speech held eight tokens of seven allowed.
 */
const tokensPerSecond = 7.5;
/** Marks, and a word that was begun before the segment or is cut off at its end. */
const extraTokens = 6;

/** Most tokens that so much sound may have. @param samples 16 kHz */
export function tokenLimit(samples: number): number {
  return extraTokens + Math.ceil((samples / speechRate) * tokensPerSecond);
}

/**
 * Greedy decoding. The draft goes through the decoder in one pass and is kept up to the first token
 * that the decoder contradicts; from there on, token by token. (Speculative decoding with the last
 * hypothesis as the draft model.) The text is that of a decoding without a draft, but for the
 * rounding of 8-bit graphs, whose scales depend on the tokens of a pass.
 */
export async function decode({
  passes,
  draft,
  maxTokens,
  booster,
  run,
}: Decoding): Promise<Hypothesis> {
  const tokens: ScoredToken[] = [];
  let total = 0;
  const phrases: PhraseState | null = booster === null ? null : { booster, node: 0 };
  let given = [startToken, ...draft.slice(0, maxTokens - 1)];
  for (;;) {
    const logits = await run(() => passes.pass(given));
    const { found, hasEnded, logProbability } = readRows({
      logits,
      given,
      most: maxTokens - tokens.length,
      phrases,
    });
    tokens.push(...found);
    total += logProbability;
    const last = found.at(-1);
    if (hasEnded || last === undefined || tokens.length >= maxTokens) {
      const scored = tokens.length + (hasEnded ? 1 : 0);
      return { tokens, meanLogProbability: total / Math.max(1, scored), isTruncated: !hasEnded };
    }
    // The last token has yet to go through the decoder.
    passes.keep(tokens.length);
    given = [last.id];
  }
}

/** Reads rows for as long as the decoder says what it was given next; `phrases` goes along. */
function readRows({
  logits,
  given,
  most,
  phrases,
}: {
  logits: Logits;
  given: readonly number[];
  most: number;
  phrases: PhraseState | null;
}) {
  const found: ScoredToken[] = [];
  let logProbability = 0;
  for (let row = 0; row < given.length && found.length < most; row++) {
    const token = bestToken(logits, row, phrases);
    logProbability += token.logProbability;
    if (token.id === endToken) return { found, hasEnded: true, logProbability };
    found.push(token);
    if (phrases !== null) phrases.node = phrases.booster.advance(phrases.node, token.id);
    if (token.id !== given[row + 1]) break;
  }
  return { found, hasEnded: false, logProbability };
}
