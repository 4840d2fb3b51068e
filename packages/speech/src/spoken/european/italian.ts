import { toOrdinal } from "n2words/it-IT";
import type { EuropeanLanguage } from "./european-language";

export const italian: EuropeanLanguage = {
  language: "it",
  locale: "it-IT",
  groupMark: ".",
  point: "virgola",
  minus: "meno",
  to: "a",
  asksSum: "quanto (?:fa|fanno|è)|calcola|calcolare|risultato di",
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
    "Dott.ssa": "dottoressa",
    "ca.": "circa",
    "n.": "numero",
  },
  weekdays: {
    lun: "lunedì",
    mar: "martedì",
    mer: "mercoledì",
    gio: "giovedì",
    ven: "venerdì",
    sab: "sabato",
    dom: "domenica",
  },
  closed: "(?:chiuso|aperto)",
  codeNouns:
    "(?:[Cc]odice(?: postale| PIN| segreto)?|PIN|CAP|[Nn]umero (?:di (?:conto|ordine|telefono)|d'ordine)|[Cc]onto|[Ii]nterno|[Tt]el)",
  isWord: "(?:è|era|:)",
  fractions: {
    "1/2": "mezzo",
    "1/3": "un terzo",
    "2/3": "due terzi",
    "1/4": "un quarto",
    "3/4": "tre quarti",
  },
  fractionOf: "di",
  and: "e",
  ordinals: [
    [
      /(?<![\p{L}\p{N}.,])(?<day>\d{1,3})\.?(?<sign>[ºª°])(?=\s\p{L})/gu,
      ({ day, sign }) => {
        const words = toOrdinal(Number(day));
        return sign === "ª" ? words.replace(/o$/u, "a") : words;
      },
    ],
  ],
  signs: [
    [/\s?&\s?/gu, " e "],
    [/\s?=\s?/gu, " uguale "],
    [/\s?×\s?/gu, " per "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " più "],
  ],
};
