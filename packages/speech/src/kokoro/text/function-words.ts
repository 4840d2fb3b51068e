import type { StressChange } from "./stress";
import type { Tag } from "./tag";
import type { WordContext } from "./word-context";

/** A word in its place. */
export type PlacedWord = {
  text: string;
  /** Its likely part of speech; null where the neighbours do not tell. */
  tag: Tag | null;
  /** Added by its capitals. */
  stress: StressChange | null;
  context: WordContext;
};

/** The small words whose sound depends on the next one; null for all others, and for full forms. */
export function functionWord({ text, tag, stress, context }: PlacedWord): string | null {
  const { beforeVowel } = context;
  const isCapital = text.length > 1 && text === text.toUpperCase();
  if (isCapital && tag === "NAME") return null;
  switch (text.toLowerCase()) {
    case "a":
      return tag === "DT" ? "ɐ" : "ˈA";
    case "an":
      return "ɐn";
    case "am":
      return beforeVowel === null || text !== "am" || (stress ?? 0) > 0 ? null : "ɐm";
    case "i":
      return text === "I" ? "ˌI" : null;
    case "to":
      return beforeVowel === null ? null : beforeVowel ? "tʊ" : "tə";
    case "in":
      return beforeVowel === null ? "ˈɪn" : "ɪn";
    case "the":
      return beforeVowel === true ? "ði" : "ðə";
    default:
      return null;
  }
}
