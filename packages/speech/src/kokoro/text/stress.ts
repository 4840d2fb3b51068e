export const primaryStress = "ˈ";
export const secondaryStress = "ˌ";

const vowels = new Set("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ");
const consonants = new Set("bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ");
/** Sounds that take twice the time of others. */
const longSounds = new Set("AIOQWYʤʧ");

/**
 * How much more or less a word is stressed than its dictionary says, misaki's scale: −2 not at all,
 * −1 and −0.5 less, 0 and 0.5 at least a little, 1 at least somewhat, 2 fully.
 */
export type StressChange = -2 | -1 | -0.5 | 0 | 0.5 | 1 | 2;

export function isVowel(phoneme: string): boolean {
  return vowels.has(phoneme);
}

export function isConsonant(phoneme: string): boolean {
  return consonants.has(phoneme);
}

/** Changes the stress of a word's phonemes. */
export function withStress(phonemes: string, change: StressChange | null): string {
  const hasPrimary = phonemes.includes(primaryStress);
  const hasSecondary = phonemes.includes(secondaryStress);
  if (change === null) return phonemes;
  if (change === -2) return withoutStress(phonemes);
  if (change === -1 || (change <= 0 && hasPrimary)) {
    return phonemes.replaceAll(secondaryStress, "").replaceAll(primaryStress, secondaryStress);
  }
  if (hasPrimary || change === -0.5) return phonemes;
  if (hasSecondary) {
    return change >= 1 ? phonemes.replaceAll(secondaryStress, primaryStress) : phonemes;
  }
  return onFirstVowel(phonemes, change === 2 ? primaryStress : secondaryStress);
}

function withoutStress(phonemes: string): string {
  return phonemes.replaceAll(primaryStress, "").replaceAll(secondaryStress, "");
}

/** Puts a mark before the first vowel; sounds without a vowel cannot bear one. */
function onFirstVowel(phonemes: string, mark: string): string {
  const at = Array.from(phonemes).findIndex(isVowel);
  return at < 0 ? phonemes : phonemes.slice(0, at) + mark + phonemes.slice(at);
}

/** Length of a word in sounds, long ones counted twice. */
export function weight(phonemes: string): number {
  let sum = 0;
  for (const sound of phonemes) sum += longSounds.has(sound) ? 2 : 1;
  return sum;
}
