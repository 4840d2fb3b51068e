const lowerLetters = "abcdefghijklmnopqrstuvwxyz";
const asciiLetters = lowerLetters + lowerLetters.toUpperCase();

/** Devanagari by kind: vowels, consonants, vowel signs and other marks, full stop. */
const hindi =
  "अआइईउऊऋॠएऐओऔऍऑ" +
  "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ\u0929\u0931" +
  "\u093e\u093f\u0940\u0941\u0942\u0943\u0944\u0947\u0948\u094b\u094c\u0945\u0949" +
  "\u0901\u0902\u0903\u094d\u093c\u094a\u0962\u0963\u0946" +
  "\u0964";

const arabic =
  "\u0621\u0622\u0623\u0625\u0624\u0626" +
  "ابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" +
  "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0670\u0652";

/**
 * Characters of NeMo's character tokenizers, by the script and `charset_version`. Version 1 holds
 * the script twice, once "in upper case" and once "in lower case", though it knows no case.
 */
export const characterSets: Readonly<Record<"hindi" | "arabic", Readonly<Record<1 | 2, string>>>> =
  {
    hindi: { 1: hindi + hindi + lowerLetters, 2: hindi + asciiLetters },
    arabic: { 1: arabic + arabic + asciiLetters, 2: arabic + asciiLetters },
  };
