import { toOrdinal } from "n2words/fr-FR";
import { numberToWords } from "../number-to-words";
import { romanValue } from "../roman-value";
import type { EuropeanLanguage } from "./european-language";

export const french: EuropeanLanguage = {
  language: "fr",
  locale: "fr-FR",
  groupMark: " ",
  point: "virgule",
  minus: "moins",
  to: "à",
  asksSum: "combien (?:font|fait)|que (?:font|fait)|calcule(?:r|z)?|(?:fait|font|égale)",
  centsJoin: " ",
  oneOfMasculine: "un",
  agrees: (value) => value % 10 === 1 && ![11, 71, 91].includes(value % 100),
  year: (value, words) => words(value),
  date: (day, month, year) => `${day} ${month}${year === null ? "" : ` ${year}`}`,
  day: (value, words) => (value === 1 ? "premier" : words(value)),
  time: (hour, minute, words) => {
    const hours = `${words(hour).replace(/un$/u, "une")} heure${hour < 2 ? "" : "s"}`;
    return minute === 0 ? hours : `${hours} ${words(minute)}`;
  },
  abbreviations: {
    "p. ex.": "par exemple",
    "p.ex.": "par exemple",
    "c.-à-d.": "c'est-à-dire",
    "etc.": "et cetera",
    "M.": "monsieur",
    Mme: "madame",
    Mlle: "mademoiselle",
    Dr: "docteur",
    "env.": "environ",
    "n°": "numéro",
    "1er": "premier",
    "1re": "première",
  },
  weekdays: {
    lun: "lundi",
    mar: "mardi",
    mer: "mercredi",
    jeu: "jeudi",
    ven: "vendredi",
    sam: "samedi",
    dim: "dimanche",
  },
  closed: "(?:fermé|ouvert)",
  codeNouns:
    "(?:[Cc]ode(?: postal| secret| PIN)?|PIN|[Nn]uméro(?: de (?:compte|commande|téléphone|dossier))?|[Cc]ompte|[Pp]oste|[Tt]él|[Mm]ot de passe)",
  isWord: "(?:est|était|:)",
  fractions: {
    "1/2": "un demi",
    "1/3": "un tiers",
    "2/3": "deux tiers",
    "1/4": "un quart",
    "3/4": "trois quarts",
  },
  fractionOf: "de",
  and: "et",
  ordinals: [
    [
      /(?<![\p{L}\p{N}.,])(?<day>\d{1,3})(?:e|è|ème|ième|nd|nde|ᵉ)(?![\p{L}\p{N}])/gu,
      ({ day }) => toOrdinal(Number(day)),
    ],
    // Louis XIV
    [
      /(?<=\p{Lu}\p{Ll}{2,20}\s)(?<roman>II|III|IV|VI{0,3}|IX|X{1,2}(?:I{1,3}|IV|VI{0,3}|IX)?)(?![\p{L}\p{N}'’])/gu,
      ({ roman = "" }) => numberToWords(romanValue(roman), "fr"),
    ],
  ],
  signs: [
    [/\s?&\s?/gu, " et "],
    [/\s?=\s?/gu, " égale "],
    [/\s?×\s?/gu, " fois "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " plus "],
  ],
};
