import type { Hypothesis } from "../decoding/decode";
import { joinWords, toTokenWords } from "./token-words";

/** Below this mean the model invents: of 111 noises it stood above with 6, of 106 people all but 2. */
const leastMeanLogProbability = -0.6;
/** What subtitles write where nobody speaks. */
const subtitleMark = /[♩♪♫♬©]/u;

/**
 * Whether words are likely to have been said. Moonshine writes words for almost any sound ("You" for
 * silence, loops for noise, notes for a hum). A text that truly repeats itself is believed: a loop is
 * what ran into the limit of tokens.
 *
 * @param least mean logarithm of the probabilities that it must exceed
 */
export function isBelievable(hypothesis: Hypothesis, least = leastMeanLogProbability): boolean {
  if (hypothesis.isTruncated) return false;
  if (hypothesis.meanLogProbability <= least) return false;
  const text = joinWords(toTokenWords(hypothesis.tokens));
  return text !== "" && !subtitleMark.test(text);
}
