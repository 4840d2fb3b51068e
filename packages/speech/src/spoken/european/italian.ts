import type { EuropeanLanguage } from "./european-language";

export const italian: EuropeanLanguage = {
  language: "it",
  locale: "it-IT",
  groupMark: ".",
  point: "virgola",
  minus: "meno",
  to: "a",
  centsJoin: " e ",
  oneOfMasculine: "un",
  agrees: (value) => value === 1,
  year: (value, words) => words(value),
  date: (day, month, year) => `${day} ${month}${year === null ? "" : ` ${year}`}`,
  day: (value, words) => (value === 1 ? "primo" : words(value)),
  time: (hour, minute, words) => {
    const hours = hour === 1 ? "una" : words(hour);
    return minute === 0 ? `${hours} in punto` : `${hours} e ${words(minute)}`;
  },
  abbreviations: {
    "p.es.": "per esempio",
    "p. es.": "per esempio",
    "ad es.": "ad esempio",
    "ecc.": "eccetera",
    "Sig.ra": "signora",
    "Sig.": "signor",
    "Dott.": "dottor",
    "ca.": "circa",
    "n.": "numero",
  },
  signs: [
    [/\s?&\s?/gu, " e "],
    [/\s?=\s?/gu, " uguale "],
    [/\s?×\s?/gu, " per "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " più "],
  ],
};
