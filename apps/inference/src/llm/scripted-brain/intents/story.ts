import { findPhrase } from "../fuzzy-match";
import { says, type Heard, type Intent } from "../heard";
import { readNumber } from "../number-words";
import { storySentences } from "../story-sentences";

const lengths = { short: 3, usual: 6, long: 20, most: 100 };

/** "Tell me a story", "a long story", "a story of ten sentences". */
export const story: Intent = (heard) => {
  if (!says(heard, "story", "stories", "tale")) return null;
  const sentences: string[] = [];
  for (let index = 0; index < wantedLength(heard); index++) {
    const round = Math.floor(index / storySentences.length);
    const sentence = storySentences[index % storySentences.length] ?? "";
    // A very long story comes round to its beginning, as some do.
    sentences.push(
      round > 0 && index % storySentences.length === 0
        ? `And so another year began. ${sentence}`
        : sentence,
    );
  }
  return sentences.join(" ");
};

function wantedLength(heard: Heard): number {
  const at = findPhrase(heard.words, "sentences") ?? findPhrase(heard.words, "sentence");
  for (let index = 0; at !== null && index < heard.words.length; index++) {
    const number = readNumber(heard.words, index);
    if (number !== null && number.value >= 1) return Math.min(lengths.most, number.value);
  }
  if (says(heard, "long", "longer", "longest")) return lengths.long;
  return says(heard, "short", "shorter", "quick", "little") ? lengths.short : lengths.usual;
}
