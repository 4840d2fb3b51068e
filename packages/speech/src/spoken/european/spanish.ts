import { toOrdinal } from "n2words/es-ES";
import type { EuropeanLanguage } from "./european-language";

export const spanish: EuropeanLanguage = {
  language: "es",
  locale: "es-ES",
  groupMark: ".",
  point: "coma",
  minus: "menos",
  to: "a",
  asksSum: "cuánto (?:es|son)|cuanto (?:es|son)|calcula|calcular|resultado de",
  centsJoin: " con ",
  oneOfMasculine: "un",
  // Also the hundreds: doscientos, doscientas.
  agrees: (value) =>
    (value % 10 === 1 && value % 100 !== 11) || Math.floor((value % 1_000) / 100) > 1,
  year: (value, words) => words(value),
  date: (day, month, year) => `${day} de ${month}${year === null ? "" : ` de ${year}`}`,
  day: (value, words) => words(value),
  time: (hour, minute, words) => {
    const hours = words(hour).replace(/uno$/u, "una");
    return minute === 0 ? `${hours} en punto` : `${hours} y ${words(minute)}`;
  },
  abbreviations: {
    "p.ej.": "por ejemplo",
    "p. ej.": "por ejemplo",
    "etc.": "etcétera",
    "Sr.": "señor",
    "Sra.": "señora",
    "Dr.": "doctor",
    "Dra.": "doctora",
    "EE.UU.": "Estados Unidos",
    "EE. UU.": "Estados Unidos",
    "aprox.": "aproximadamente",
    "n.º": "número",
    "Ud.": "usted",
  },
  weekdays: {
    lun: "lunes",
    mar: "martes",
    mié: "miércoles",
    jue: "jueves",
    vie: "viernes",
    sáb: "sábado",
    dom: "domingo",
  },
  closed: "(?:cerrado|abierto)",
  codeNouns:
    "(?:[Cc]ódigo(?: postal| PIN| secreto)?|PIN|[Nn]úmero de (?:cuenta|pedido|teléfono|reserva)|[Cc]uenta|[Ee]xtensión|[Tt]el|[Cc]ontraseña)",
  isWord: "(?:es|era|:)",
  fractions: {
    "1/2": "medio",
    "1/3": "un tercio",
    "2/3": "dos tercios",
    "1/4": "un cuarto",
    "3/4": "tres cuartos",
  },
  fractionOf: "de",
  and: "y",
  ordinals: [
    [
      /(?<![\p{L}\p{N}.,])(?<day>\d{1,2})\.?(?<sign>[ºª]|er)(?![\p{L}\p{N}])/gu,
      ({ day, sign }) => {
        const words = toOrdinal(Number(day));
        if (sign === "ª") return words.replace(/o(?=\s|$)/gu, "a");
        return words.replace(/(?<=prim|terc)ero$/u, "er");
      },
    ],
  ],
  signs: [
    [/\s?&\s?/gu, " y "],
    [/\s?=\s?/gu, " igual a "],
    [/\s?×\s?/gu, " por "],
    [/(?<=[\p{L}\p{N}])\s\+\s(?=[\p{L}\p{N}])/gu, " más "],
  ],
};
