import { describe, expect, it } from "vitest";
import { largestNumber, numberToWords, type CountingLanguage } from "./number-to-words";

const counted: readonly (readonly [CountingLanguage, number, string])[] = [
  ["en", 0, "zero"],
  ["en", 13, "thirteen"],
  ["en", 40, "forty"],
  ["en", 121, "one hundred twenty-one"],
  ["en", 1_000_005, "one million five"],
  ["en", 12_345_678, "twelve million three hundred forty-five thousand six hundred seventy-eight"],
  ["de", 0, "null"],
  ["de", 1, "eins"],
  ["de", 21, "einundzwanzig"],
  ["de", 101, "einhunderteins"],
  ["de", 1_984, "eintausendneunhundertvierundachtzig"],
  ["de", 2_000_001, "zwei Millionen eins"],
  ["de", 301_386, "dreihunderteintausenddreihundertsechsundachtzig"],
  ["de", 201_000_000, "zweihundertein Millionen"],
  ["es", 16, "dieciséis"],
  ["es", 21, "veintiuno"],
  ["es", 100, "cien"],
  ["es", 555, "quinientos cincuenta y cinco"],
  ["es", 21_000, "veintiún mil"],
  ["es", 131_000_016, "ciento treinta y un millones dieciséis"],
  ["es", 1_000_000_000, "mil millones"],
  ["es", 1_000_000_000_000, "un billón"],
  ["fr", 21, "vingt et un"],
  ["fr", 71, "soixante et onze"],
  ["fr", 80, "quatre-vingts"],
  ["fr", 81, "quatre-vingt-un"],
  ["fr", 91, "quatre-vingt-onze"],
  ["fr", 99, "quatre-vingt-dix-neuf"],
  ["fr", 200, "deux cents"],
  ["fr", 80_000, "quatre-vingt mille"],
  ["fr", 1_201, "mille deux cent un"],
  ["it", 3, "tre"],
  ["it", 21, "ventuno"],
  ["it", 28, "ventotto"],
  ["it", 33, "trentatré"],
  ["it", 180, "centottanta"],
  ["it", 2_003, "duemilatré"],
  ["it", 23_000, "ventitremila"],
  ["it", 1_000_000, "un milione"],
];

describe("numberToWords", () => {
  it.each(counted)("%s %d → %s", (language, value, words) => {
    expect(numberToWords(value, language)).toBe(words);
  });

  it.each(["en", "de", "es", "fr", "it"] as const)(
    "gives each number its own words: %s",
    (language) => {
      const words = Array.from({ length: 2_500 }, (_, value) => numberToWords(value, language));
      expect(new Set(words).size).toBe(words.length);
      expect(numberToWords(largestNumber, language)).not.toMatch(/\d|undefined|-(?:\s|$)/u);
    },
  );
});
