import type { EuropeanLanguage } from "./european-language";

export const french: EuropeanLanguage = {
  language: "fr",
  locale: "fr-FR",
  groupMark: " ",
  point: "virgule",
  minus: "moins",
  to: "à",
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
  signs: [
    [/\s?&\s?/gu, " et "],
    [/\s?=\s?/gu, " égale "],
    [/\s?×\s?/gu, " fois "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " plus "],
  ],
};
