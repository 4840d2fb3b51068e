import { normalizedWords } from "@parley/speech/transcripts/normalized-words";

/**
 * Sounds and words that say "I am listening", not "let me speak". Question marks change nothing:
 * recognisers write "Right?" and "Really?" for what was said to listen.
 */
const backchannelWords = [
  "ah",
  "aha",
  "alright",
  "cool",
  "good",
  "great",
  "haha",
  "hm",
  "hmm",
  "huh",
  "mhm",
  "mm",
  "mmhmm",
  "nice",
  "oh",
  "ok",
  "okay",
  "right",
  "sure",
  "uh",
  "um",
  "wow",
  "yeah",
  "yep",
  "yes",
  "yup",
];
const backchannels = new Set(backchannelWords);

const stopPhrases = [
  "stop",
  "wait",
  "hold on",
  "hang on",
  "never mind",
  "be quiet",
  "shut up",
  "enough",
  "no no",
  "excuse me",
  ...["one moment", "one second", "one minute", "just a moment", "just a second", "just a minute"],
];

/** Agreement, misheard or not, in which "enough" does not mean that it is: "fair enough". */
const satisfied =
  /(?<= )(?!(?:that's|it's|is|okay|ok|please|no|now|had|heard|said|quite|just|alright|stop) )\S+ enough(?= )/gu;

const wordsOfStopping = [
  ...stopPhrases,
  ...["please", "okay", "ok", "no", "now", "it", "thank you", "thanks"],
  ...["a second", "a minute", "a moment"],
];

/** True when every word only says that somebody listens. False for no words. */
export function isBackchannel(text: string): boolean {
  const words = normalizedWords(text);
  return words.length > 0 && words.every((word) => backchannels.has(word));
}

/**
 * As `isBackchannel`, for words that are still coming in: the last one may be the beginning of a
 * backchannel ("ye" of "yeah").
 */
export function mayBecomeBackchannel(text: string): boolean {
  const words = normalizedWords(text);
  const last = words.at(-1);
  if (last === undefined) return true;
  const areEarlierOnes = words.slice(0, -1).every((word) => backchannels.has(word));
  return areEarlierOnes && backchannelWords.some((word) => word.startsWith(last));
}

/** True when the text holds a phrase that asks the agent to be silent. */
export function isStopPhrase(text: string): boolean {
  const spoken = ` ${normalizedWords(text).join(" ")} `.replaceAll(satisfied, "");
  return stopPhrases.some((phrase) => spoken.includes(` ${phrase} `));
}

/** True for words still coming in that may be the beginning of a phrase such as "hold on". */
export function mayBecomeStopPhrase(text: string): boolean {
  const spoken = normalizedWords(text).join(" ");
  return stopPhrases.some((phrase) => phrase.startsWith(spoken));
}

/** True when the agent is asked to be silent and nothing else: the answer is silence. */
export function isOnlyStopPhrase(text: string): boolean {
  if (!isStopPhrase(text)) return false;
  let rest = ` ${normalizedWords(text).join(" ")} `;
  for (;;) {
    const less = wordsOfStopping.reduce((left, words) => left.replace(` ${words} `, " "), rest);
    if (less === rest) return rest.trim() === "";
    rest = less;
  }
}
