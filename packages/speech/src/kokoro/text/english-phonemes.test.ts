import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { LetterToSound } from "../letters/letter-to-sound";
import { shippedPronunciation } from "../testing/tiny-kokoro";
import type { Accent } from "./accent";
import { EnglishPhonemes } from "./english-phonemes";
import { PronunciationLexicon } from "./pronunciation-lexicon";

/** What misaki 0.9.4 with spaCy's tagger answers; see the folder's README. */
const records = z
  .array(z.object({ text: z.string(), us: z.string(), gb: z.string().optional() }))
  .parse(JSON.parse(readFileSync(new URL("./fixtures/misaki.json", import.meta.url), "utf8")));

let front: Record<Accent, EnglishPhonemes>;

beforeAll(async () => {
  const lexicon = await PronunciationLexicon.open(shippedPronunciation);
  const letters = await LetterToSound.open(shippedPronunciation);
  front = {
    us: new EnglishPhonemes({ lexicon, letters, accent: "us" }),
    gb: new EnglishPhonemes({ lexicon, letters, accent: "gb" }),
  };
});

/** Share of words, by position, that sound as misaki has them. */
function agreement(accent: Accent): number {
  let words = 0;
  let equal = 0;
  for (const record of records) {
    const wanted = record[accent]?.trim().split(/\s+/u);
    if (wanted === undefined) continue;
    const spoken = front[accent].of(record.text).split(/\s+/u);
    words += wanted.length;
    equal += wanted.filter((word, index) => word === spoken[index]).length;
  }
  return equal / words;
}

describe("EnglishPhonemes", () => {
  it("agrees with misaki on 99 of 100 words", () => {
    expect(agreement("us")).toBeGreaterThan(0.99);
    expect(agreement("gb")).toBeGreaterThan(0.985);
  });

  it.each([
    ["Hello, world!", "həlˈO, wˈɜɹld!"],
    ["The apple and the pear.", "ði ˈæpᵊl ænd ðə pˈɛɹ."],
    ["I want to eat, and to go.", "ˌI wˈɑnt tʊ ˈit, ænd tə ɡˌO."],
    ["What are you looking at?", "wˌʌt ɑɹ ju lˈʊkɪŋ æt?"],
    ["A dog (or two) — really…", "ɐ dˈɔɡ (ɔɹ tˈu) — ɹˈiᵊli…"],
  ])("reads %s", (text, phonemes) => {
    expect(front.us.of(text)).toBe(phonemes);
  });

  it.each([
    ["They record a record.", "ɹəkˈɔɹd", "ɹˈɛkəɹd"],
    ["We object to the object.", "əbʤˈɛkt", "ˈɑbʤəkt"],
    ["Please separate the separate parts.", "sˈɛpəɹˌAt", "sˈɛpəɹət"],
  ])("tells the two apart: %s", (text, first, second) => {
    const words = front.us.of(text).split(" ");
    expect(words.some((word) => word.startsWith(first))).toBe(true);
    expect(words.some((word) => word.startsWith(second))).toBe(true);
  });

  it("speaks words that no dictionary has", () => {
    expect(front.us.of("Blorfing with Quennelby.")).toMatch(/^bl\S+ wɪð kw\S+\.$/u);
    expect(front.gb.of("Quennelborough")).not.toMatch(/[ɾOæ]/u);
  });

  it("spells what has no vowel, and finds words in joined ones", () => {
    expect(front.us.of("npm")).toBe("ˌɛnpˌiˈɛm");
    expect(front.us.of("OpenWindow")).toBe("ˌOpᵊnwˈɪndO");
  });

  it("takes a dot in front of a word for no pause", () => {
    expect(front.us.of("the .env file")).toBe(front.us.of("the env file"));
  });

  it("has nothing to say without a letter", () => {
    expect(front.us.of("")).toBe("");
    expect(front.us.of(" … !?")).toBe("");
  });
});
