import { toOrdinal } from "n2words/de-DE";
import type { EuropeanLanguage } from "./european-language";

export const german: EuropeanLanguage = {
  language: "de",
  locale: "de-DE",
  groupMark: ".",
  point: "Komma",
  minus: "minus",
  to: "bis",
  centsJoin: " ",
  oneOfMasculine: "ein",
  agrees: (value) => value === 1,
  year: (value, words) => {
    if (value < 1_100 || value >= 2_000) return words(value);
    const rest = value % 100 === 0 ? "" : words(value % 100);
    return `${words(Math.floor(value / 100))}hundert${rest}`;
  },
  date: (day, month, year) => `${day} ${month}${year === null ? "" : ` ${year}`}`,
  day: (value, _words, before) => {
    const day = toOrdinal(value);
    if (before === "") return `${day}r`;
    return before.toLowerCase() === "der" ? day : `${day}n`;
  },
  time: (hour, minute, words) => {
    const hours = hour === 1 ? "ein" : words(hour);
    return `${hours} Uhr${minute === 0 ? "" : ` ${words(minute)}`}`;
  },
  abbreviations: {
    "z.B.": "zum Beispiel",
    "z. B.": "zum Beispiel",
    "d.h.": "das heißt",
    "d. h.": "das heißt",
    "u.a.": "unter anderem",
    "u. a.": "unter anderem",
    "bzw.": "beziehungsweise",
    "usw.": "und so weiter",
    "ca.": "circa",
    "Dr.": "Doktor",
    "Nr.": "Nummer",
    "ggf.": "gegebenenfalls",
    "inkl.": "inklusive",
    "evtl.": "eventuell",
    "vgl.": "vergleiche",
  },
  signs: [
    [/\s?&\s?/gu, " und "],
    [/\s?=\s?/gu, " gleich "],
    [/\s?×\s?/gu, " mal "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " plus "],
  ],
};
