import type { TokenWord } from "./token-words";

/**
 * The words that two hypotheses of a growing window have in common, from the start, as the newer one
 * spells them: what both say rarely changes later (LocalAgreement-2, Liu et al. 2020). Case and
 * marks do not count, since they follow from words yet to come.
 */
export function agreedWords<Word extends Pick<TokenWord, "text">>(
  older: readonly Word[],
  newer: readonly Word[],
): Word[] {
  const firstOther = newer.findIndex(
    ({ text }, index) => bare(text) !== bare(older[index]?.text ?? ""),
  );
  return newer.slice(0, firstOther === -1 ? newer.length : firstOther);
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, "");
}
