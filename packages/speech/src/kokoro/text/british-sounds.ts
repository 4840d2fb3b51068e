/**
 * The letter-to-sound model is American; these are the regular differences of misaki's British
 * alphabet, in order. What follows no rule (a in "bath", o in "lot") stays American.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  [/ɾ/gu, "t"],
  [/O/gu, "Q"],
  [/ᵻ/gu, "ɪ"],
  [/æ/gu, "a"],
  [/ɜɹ/gu, "ɜː"],
  [/ɑɹ(?![AIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ɑː"],
  [/ɔɹ(?![AIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ɔː"],
  [/əɹ(?![ˈˌAIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ə"],
  [/ɪɹ(?![AIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ɪə"],
  [/ɛɹ(?![AIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ɛː"],
  [/ʊɹ(?![AIQWYaiuɑɒɔəɛɜɪʊʌ])/gu, "ʊə"],
  [/([iuɑɔ])(?!ː)/gu, "$1ː"],
];

/** American phonemes as a British voice says them. */
export function britishSounds(phonemes: string): string {
  return rules.reduce((sounds, [from, to]) => sounds.replace(from, to), phonemes);
}
