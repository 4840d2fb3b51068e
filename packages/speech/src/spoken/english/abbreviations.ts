import { rewrite } from "../rewrite";

/** Titles before a name; the full stop does not end a sentence. */
const leading: Readonly<Record<string, string>> = {
  "Dr.": "Doctor",
  "Mr.": "Mister",
  "Mrs.": "Missus",
  "Ms.": "Miz",
  "Prof.": "Professor",
  "Gen.": "General",
  "Capt.": "Captain",
  "Lt.": "Lieutenant",
  "Col.": "Colonel",
  "Sgt.": "Sergeant",
  "Rev.": "Reverend",
  "Hon.": "Honorable",
  "Gov.": "Governor",
  "Sen.": "Senator",
  "Rep.": "Representative",
  "Pres.": "President",
  "Mt.": "Mount",
  "Ft.": "Fort",
};
/** Abbreviations only before a figure. */
const counting: Readonly<Record<string, string>> = {
  "No.": "number",
  "no.": "number",
  "Nos.": "numbers",
  "nos.": "numbers",
  "Nr.": "number",
  "№": "number",
  "Fig.": "figure",
  "fig.": "figure",
  "p.": "page",
  "pp.": "pages",
  "vol.": "volume",
  "Vol.": "volume",
  "ch.": "chapter",
  "Ch.": "chapter",
  "sec.": "section",
  "Sec.": "section",
  "§": "section",
  "max.": "maximum",
  "min.": "minimum",
  "avg.": "average",
  "c.": "circa",
  "ca.": "circa",
};
/** Abbreviations anywhere; at the end of a sentence the full stop is the sentence's, too. */
const anywhere: Readonly<Record<string, string>> = {
  "e.g.": "for example",
  "i.e.": "that is",
  "etc.": "et cetera",
  "vs.": "versus",
  "approx.": "approximately",
  "dept.": "department",
  "est.": "estimated",
  "incl.": "including",
  "excl.": "excluding",
  "govt.": "government",
  "misc.": "miscellaneous",
  "temp.": "temperature",
  "et al.": "and others",
  "cf.": "compare",
  "viz.": "namely",
  "n.b.": "note",
  "a.k.a.": "also known as",
  "p.s.": "P S",
  "inc.": "Incorporated",
  "ltd.": "Limited",
  "corp.": "Corporation",
  "bros.": "Brothers",
  "jr.": "Junior",
  "sr.": "Senior",
  "ave.": "Avenue",
  "blvd.": "Boulevard",
  "rd.": "Road",
  "u.s.": "U S",
  "u.s.a.": "U S A",
  "u.k.": "U K",
  "u.n.": "U N",
  "e.u.": "E U",
  "d.c.": "D C",
  "l.a.": "L A",
  "ph.d.": "P H D",
  "m.d.": "M D",
  "b.a.": "B A",
  "b.c.": "B C",
  "a.d.": "A D",
  "b.c.e.": "B C E",
};
const whole: Readonly<Record<string, string>> = {
  vs: "versus",
  aka: "also known as",
  approx: "approximately",
  eg: "for example",
  ie: "that is",
  "w/o": "without",
  "n/a": "not applicable",
  "b/c": "because",
};

function alternation(words: readonly string[]): string {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  return longestFirst.map((word) => word.replaceAll(".", String.raw`\.`)).join("|");
}

/** Spellings by case: "e.g." and "E.g.", "u.s." and "U.S.", but not "EST.", a time zone. */
function inCases(word: string): string[] {
  const first = word.charAt(0).toUpperCase() + word.slice(1);
  const parts = word.replace(/(?<=\.|^)[a-z]/gu, (letter) => letter.toUpperCase());
  return [...new Set([word, first, parts])];
}

const notBefore = String.raw`(?<![\p{L}\p{N}.])`;
const titles = new RegExp(
  String.raw`${notBefore}(?<word>${alternation(Object.keys(leading))})(?=\s{1,3}(?:(?:&|and)\s)?["']?\p{Lu})`,
  "gu",
);
const counters = new RegExp(
  String.raw`${notBefore}(?<word>${alternation(Object.keys(counting))})\s?(?=\d)`,
  "gu",
);
const saint = /\bSt\.(?=\s\p{Lu}\p{Ll})/gu;
const street =
  /(?<=(?:\d|\p{Lu}\p{Ll}{1,20}|\d(?:st|nd|rd|th))\s)St\.(?:(?<end>(?=\s?$))|(?=[,;:!?)]|\s\p{Ll}))/gu;
const dottedWords = new RegExp(
  String.raw`${notBefore}(?<word>${alternation(Object.keys(anywhere).flatMap(inCases))})(?<comma>,?)(?:(?<end>(?=\s*$))|(?<capital>(?=\s{1,3}\p{Lu}))|)(?![\p{L}\p{N}])`,
  "gu",
);
const wholeWords = new RegExp(
  String.raw`(?<![\p{L}\p{N}./'-])(?<word>${alternation(Object.keys(whole))})(?![\p{L}\p{N}./'-])`,
  "giu",
);

/** Abbreviations in full: "Dr. Lee, e.g., at 5 Main St." */
export function abbreviationWords(text: string): string {
  let spoken = rewrite(text, titles, ({ word = "" }) => leading[word] ?? null);
  spoken = rewrite(spoken, counters, ({ word = "" }) => `${counting[word] ?? word} `);
  // Only "Co." after a name is a company; "co." may be part of a domain.
  spoken = spoken.replace(/(?<=\p{Lu}[\p{L}&]{0,20}\s(?:& )?)Co\.(?=[\s,]|$)/gu, "Company");
  spoken = rewrite(spoken, street, ({ end }) => (end === undefined ? "Street" : "Street."));
  spoken = spoken.replace(saint, "Saint");
  spoken = rewrite(spoken, dottedWords, ({ word = "", comma = "", end, capital }) => {
    // A capital begins a sentence, except after abbreviations that never end one.
    const goesOn = /^(?:e\.g|i\.e|vs|cf|approx|viz|incl|est|u\.s|u\.k|u\.n)\.$/iu.test(word);
    const isLast = end !== undefined || (capital !== undefined && !goesOn);
    const isEnd = isLast && comma === "";
    const pause = /^(?:e\.g|i\.e)\.$/iu.test(word) ? "," : comma;
    return `${anywhere[word.toLowerCase()] ?? word}${isEnd ? "." : pause}`;
  });
  spoken = rewrite(spoken, wholeWords, ({ word = "" }) => whole[word.toLowerCase()] ?? null);
  return spoken.replace(/(?<![\p{L}\p{N}])w\/\s?(?=\p{L})/gu, "with ");
}
