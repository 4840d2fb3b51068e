/**
 * The words that two hypotheses of a growing window have in common, from the start, as the newer one
 * spells them: what both say rarely changes later (LocalAgreement-2, Liu et al. 2020). Case and
 * marks do not count, since they follow from words yet to come.
 */
export function agreedWords(older: readonly string[], newer: readonly string[]): string[] {
  const firstOther = newer.findIndex((word, index) => bare(word) !== bare(older[index] ?? ""));
  return newer.slice(0, firstOther === -1 ? newer.length : firstOther);
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, "");
}
