import { toOrdinal } from "n2words/de-DE";
import { romanValue } from "../roman-value";
import type { EuropeanLanguage } from "./european-language";

export const german: EuropeanLanguage = {
  language: "de",
  locale: "de-DE",
  groupMark: ".",
  point: "Komma",
  minus: "minus",
  to: "bis",
  asksSum: "(?:was|wie ?viel) (?:ist|sind|ergibt|macht)|rechne|berechne|ergibt",
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
    "Tel.": "Telefon",
    "Str.": "Straße",
    "Mio.": "Millionen",
    "Mrd.": "Milliarden",
    "Jh.": "Jahrhundert",
    "zzgl.": "zuzüglich",
    "max.": "maximal",
    "mind.": "mindestens",
  },
  weekdays: {
    Mo: "Montag",
    Di: "Dienstag",
    Mi: "Mittwoch",
    Do: "Donnerstag",
    Fr: "Freitag",
    Sa: "Samstag",
    So: "Sonntag",
  },
  closed: "(?:geschlossen|zu|offen|geöffnet|frei)",
  codeNouns:
    "(?:[\\p{L}-]{0,20}(?:code|pin|nummer|nr)|PLZ|Postleitzahl|Konto|Passwort|Durchwahl|IBAN|Vorwahl|Notruf|Tel|Telefon)",
  isWord: "(?:ist|lautet|war|heißt)",
  fractions: {
    "1/2": "einhalb",
    "1/3": "ein Drittel",
    "2/3": "zwei Drittel",
    "1/4": "ein Viertel",
    "3/4": "drei Viertel",
    "1/5": "ein Fünftel",
    "1/8": "ein Achtel",
  },
  fractionOf: "",
  and: "und",
  ordinals: [
    [
      /(?<=(?<![\p{L}])(?<before>der|die|das|am|vom|zum|zur|im|beim|den|dem|des|seit|ab|bis|einen|einem|jeden|jedem|ihrem|ihren|seinem|seinen|meinem|meinen)\s)(?<day>\d{1,3})\.(?=\s\p{L})/giu,
      ({ before = "", day }) =>
        toOrdinal(Number(day)) + (/^d(?:er|ie|as)$/iu.test(before) ? "" : "n"),
    ],
    // Friedrich II.
    [
      /(?<=\p{Lu}\p{Ll}{2,20}\s)(?<roman>II|III|IV|VI{0,3}|IX|X{1,2}(?:I{1,3}|IV|VI{0,3}|IX)?)\.(?!\p{L})/gu,
      ({ roman = "" }) => {
        const ordinal = toOrdinal(romanValue(roman));
        return `der ${ordinal.charAt(0).toUpperCase()}${ordinal.slice(1)}`;
      },
    ],
  ],
  signs: [
    [/(?<=(?<!\p{L})(?:auf|siehe|vgl\.|[Vv]ergleiche|,|\()\s?)S\.(?=\s?\d)/gu, "Seite"],
    [/\s?&\s?/gu, " und "],
    [/\s?=\s?/gu, " gleich "],
    [/\s?×\s?/gu, " mal "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " plus "],
  ],
};
