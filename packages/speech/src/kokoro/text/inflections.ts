import type { Accent } from "./accent";

/** Vowels after which an American t is a flap. */
const flapping = new Set("AIOWYiuæɑəɛɪɹʊʌ");

/** A word's ending: the words that it may be made from, likeliest first, and what it adds to them. */
export type Inflection = {
  stems: readonly string[];
  /** @returns null for sounds that do not take the ending */
  inflect: (stem: string, accent: Accent) => string | null;
};

/** The ways to read a word as another one with -s, -ed or -ing. @param word in lower case */
export function inflectionsOf(word: string): Inflection[] {
  return [
    { stems: pluralStems(word), inflect: withS },
    { stems: pastStems(word), inflect: withEd },
    { stems: progressiveStems(word), inflect: withIng },
  ];
}

function pluralStems(word: string): string[] {
  if (word.length < 3 || !word.endsWith("s")) return [];
  const stems: string[] = [];
  if (!word.endsWith("ss")) stems.push(word.slice(0, -1));
  const isEs = word.length > 4 && word.endsWith("es") && !word.endsWith("ies");
  if (word.endsWith("'s") || isEs) stems.push(word.slice(0, -2));
  if (word.length > 4 && word.endsWith("ies")) stems.push(`${word.slice(0, -3)}y`);
  return stems;
}

function pastStems(word: string): string[] {
  if (word.length < 4 || !word.endsWith("d")) return [];
  const stems: string[] = [];
  if (!word.endsWith("dd")) stems.push(word.slice(0, -1));
  if (word.length > 4 && word.endsWith("ed") && !word.endsWith("eed"))
    stems.push(word.slice(0, -2));
  return stems;
}

function progressiveStems(word: string): string[] {
  if (word.length < 5 || !word.endsWith("ing")) return [];
  const stems: string[] = [];
  if (word.length > 5) stems.push(word.slice(0, -3));
  stems.push(`${word.slice(0, -3)}e`);
  const isDoubled = /([bcdgklmnprstvxz])\1ing$|cking$/u.test(word);
  if (word.length > 5 && isDoubled) stems.push(word.slice(0, -4));
  return stems;
}

function withS(stem: string, accent: Accent): string {
  const last = stem.at(-1) ?? "";
  if ("ptkfθ".includes(last)) return `${stem}s`;
  if ("szʃʒʧʤ".includes(last)) return `${stem}${accent === "gb" ? "ɪ" : "ᵻ"}z`;
  return `${stem}z`;
}

function withEd(stem: string, accent: Accent): string {
  const last = stem.at(-1) ?? "";
  if ("pkfθʃsʧ".includes(last)) return `${stem}t`;
  if (last === "d") return `${stem}${accent === "gb" ? "ɪ" : "ᵻ"}d`;
  if (last !== "t") return `${stem}d`;
  if (accent === "gb" || stem.length < 2) return `${stem}ɪd`;
  return flapping.has(stem.at(-2) ?? "") ? `${stem.slice(0, -1)}ɾᵻd` : `${stem}ᵻd`;
}

function withIng(stem: string, accent: Accent): string | null {
  const last = stem.at(-1) ?? "";
  if (accent === "gb") return "əː".includes(last) ? null : `${stem}ɪŋ`;
  const flaps = last === "t" && flapping.has(stem.at(-2) ?? "");
  return flaps ? `${stem.slice(0, -1)}ɾɪŋ` : `${stem}ɪŋ`;
}
