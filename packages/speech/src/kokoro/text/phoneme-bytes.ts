/**
 * Phonemes that the lexicon's file writes as single bytes from 128 on; the others of misaki's
 * alphabet are ASCII. The order is the file's.
 */
const phonemes = "ˈˌəɪɛæɑɔɜʊʌɒᵊᵻɹɡŋðθʃʒʤʧɾʔːɐ";
const firstByte = 128;

/** @param text of the file, read as Latin-1 */
export function phonemesOf(text: string): string {
  return text.replace(
    /[\u0080-\u00ff]/gu,
    (byte) => phonemes[byte.charCodeAt(0) - firstByte] ?? "",
  );
}
