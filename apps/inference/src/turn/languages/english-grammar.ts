import { words } from "./turn-language";

const whWords = words("what who whom whose when where why how which");
const auxiliaries = words(`
  is are am was were do does did can could will would shall should may might must have has had isn't
  aren't don't doesn't didn't can't couldn't won't wouldn't haven't hasn't
`);
const beForms = words("is are am was were be been what's who's where's how's");
export const prepositions = words(`
  of in on at to for from with without about into onto over under between through by near during
  against toward towards like
`);
const subjects = words("i you he she it we they that this these those there everybody somebody");
const objects = words("it that this them him her me us these those you one");
const determiners = words("a an the my your his her its our their this that these those some any");

/** Particles of phrasal verbs that are prepositions elsewhere: "turn it on". */
const particles = words("on in over through by around about");
const phrasalVerbs = words(`
  turn turned turning switch switched put puts take took taking bring brought let hand handed pick
  think thinking thought talk talked talking go went gone come came coming get got move moved try
  tried leave left keep kept pass passed plug plugged click log sign fill filled hold pull pulled
`);

/** Words that "that" follows as a conjunction: "I think that". */
const beforeConjunction = words(`
  is was are be so such and or but because if think thought said say says hope guess believe
  remember forget wonder wondering sure fact thing reason idea told heard just except feel means
  want
`);

/** Whole clauses may end in what they are about: "all I have", "what I was looking for". */
const relatives = words(
  "what who whom where which how why all everything nothing something anything",
);

/** Verbs that need an object, unless a question word or a relative is their object. */
const transitives = words(`
  want wants wanted need needs tell tells told give gives gave say says said put puts make makes made
  get gets take takes bring brings find finds set send show shows buy book remind spell add remove
  change replace divide multiply
`);

/** Verbs that take a person before their object: "tell me". */
const ditransitives = words("tell give show send teach bring remind told gave buy get ask");

/** @returns whether the last words of an English sentence call for more; null: they do not tell */
export function englishGrammar(
  sentence: readonly string[],
  isQuestionMarked: boolean,
): "open" | "whole" | null {
  const last = sentence.at(-1) ?? "";
  const before = sentence.at(-2) ?? "";
  const first = sentence[0] ?? "";
  const isOfWh = whWords.has(first);
  // "What I wanted to say is": a clause in the place of a noun, not a question.
  const isNounClause = isOfWh && subjects.has(sentence[1] ?? "") && first !== "how";
  const isWhQuestion = isOfWh && !isNounClause;

  if (isOpenPair(before, last, first)) return "open";
  if (isWhQuestion) return ofWhQuestion(sentence, last, before);
  if (last === "that") return beforeConjunction.has(before) || before === "" ? "open" : "whole";
  if (["this", "these", "those", "her", "some"].includes(last)) {
    return prepositions.has(before) || !auxiliaries.has(before) || isQuestionMarked
      ? "whole"
      : "open";
  }
  if (particles.has(last) && objects.has(before) && hasAny(sentence, phrasalVerbs)) return "whole";
  if (isRelativeEnd(sentence, last)) {
    // "What I wanted to say": the verb of its sentence is missing.
    const isClauseAlone = !sentence.slice(1).some((word) => relatives.has(word));
    return isNounClause && (beForms.has(last) || isClauseAlone) ? "open" : "whole";
  }
  if (isElliptical(sentence, last, before)) return "whole";
  if (transitives.has(last)) return "open";
  if (isQuestionMarked && ["he", "she", "we", "they"].includes(last) && auxiliaries.has(before)) {
    return "whole";
  }
  return null;
}

/** Pairs that call for an object: "can you tell me", "could you please". */
function isOpenPair(before: string, last: string, first: string): boolean {
  if (["me", "us", "him", "them"].includes(last) && ditransitives.has(before)) {
    return !["what", "who", "don't"].includes(first);
  }
  return last === "please" && before === "you";
}

/** "Where are you from" and "what did I say" end in what they ask about. */
function ofWhQuestion(
  sentence: readonly string[],
  last: string,
  before: string,
): "open" | "whole" | null {
  if (sentence.length < 3) return null;
  // "How much is", "what time is": the thing asked about is missing.
  if (beForms.has(last)) return hasLaterRelative(sentence) ? "whole" : "open";
  const inversion = sentence.findIndex(
    (word, at) => at > 0 && (auxiliaries.has(word) || beForms.has(word)),
  );
  const isInverted = inversion > 0 && inversion < sentence.length - 2;
  const hasSubject = isInverted || (sentence[0] ?? "").endsWith("'s");
  if (prepositions.has(last)) {
    // "What is the name of"
    if (last === "of" && determiners.has(sentence.at(-3) ?? "")) return "open";
    return hasSubject && !auxiliaries.has(before) ? "whole" : "open";
  }
  if (transitives.has(last) || last === "have" || last === "do")
    return hasSubject ? "whole" : "open";
  if (objects.has(last) || subjects.has(last)) return "whole";
  return null;
}

function hasLaterRelative(sentence: readonly string[]): boolean {
  return sentence.slice(1, -2).some((word) => whWords.has(word));
}

/** "That is all I have", "I don't know what that is". */
function isRelativeEnd(sentence: readonly string[], last: string): boolean {
  const at = sentence.findLastIndex(
    (word, index) => relatives.has(word) && index < sentence.length - 2,
  );
  if (at < 0) return false;
  // "What time it is": the subject may follow a noun.
  const clause = sentence.slice(at + 1, -1);
  const hasSubject = clause.some((word) => subjects.has(word) || determiners.has(word));
  const isEnd = prepositions.has(last) || auxiliaries.has(last) || transitives.has(last);
  return hasSubject && isEnd && last !== "to" && last !== "like";
}

/** "I would love to", "yes, I am", "so do I": the rest was said before. */
function isElliptical(sentence: readonly string[], last: string, before: string): boolean {
  if (last === "to") return ["love", "like", "want", "have", "need"].includes(before);
  if (last === "i") return ["do", "am", "can", "did", "will", "have"].includes(before);
  const bare = sentence.slice(-2).join(" ");
  const isShort = sentence.length <= 3 && ["yes", "no", "yeah", "of"].includes(sentence[0] ?? "");
  return isShort && /^(?:i|we|it|you|they|he|she) [a-z']+$/.test(bare) && auxiliaries.has(last);
}

function hasAny(sentence: readonly string[], set: ReadonlySet<string>): boolean {
  return sentence.slice(0, -1).some((word) => set.has(word));
}
