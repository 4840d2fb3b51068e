import { normalizedWords } from "@parley/speech/transcripts/normalized-words";

/** Words before a question or a request that are no part of it. */
const openers = words(`
  and so okay ok well um uh er please hey hi hello then but now oh or yes yeah no right
  und also bitte hallo ja nein et alors oui non y pero por favor entonces e allora per favore
`);

/** First words of questions, by language. */
const questionWords = words(`
  what what's when when's where where's who who's whose which why how how's
  wer was wann wo warum wieso wie welche welcher welches wohin woher
  qui que quoi quand où pourquoi comment quel quelle combien
  qué quién cuándo dónde cómo cuál cuánto cuántos
  chi cosa quando dove perché come quale quanto
`);

/** First words of questions when a pronoun follows. */
const auxiliaries = words(`
  is are was were am do does did don't doesn't didn't have has had can could can't couldn't will would
  won't shall should isn't aren't
  ist sind hast habt kannst könnt können willst wollen
`);
const pronouns = words(`
  i you we he she it they that this there the your my our anybody anyone somebody someone
  du ihr wir er sie es das jemand
`);

/** First words of requests. */
const requests = words(`
  tell give show explain say repeat spell count calculate remind remember translate describe compare
  read find help let's summarise summarize
  erzähl erzähle sag sage nenne erkläre zeig hilf
  dis donne raconte explique dime cuenta explica dimmi racconta spiega
`);

const politeRequest =
  /\b(?:(?:can|could|would|will) (?:you|somebody|someone|anyone|anybody)|i(?:'d| would) like to know|i want to know|i wonder)\b/u;

/** True for a question or a request, whoever it is meant for. */
export function asksSomething(text: string): boolean {
  if (/[?？]["'”’)]*\s*$/u.test(text)) return true;
  return sentences(text).some(isQuestionOrRequest);
}

/**
 * True for words that begin as a question or a request does, whatever follows. "What time it is" is
 * none: what is asked for somewhere else.
 */
export function asksDirectly(spoken: readonly string[]): boolean {
  const [first = "", second = ""] = spoken;
  if (requests.has(first)) return true;
  if (auxiliaries.has(first)) return pronouns.has(second);
  const turning = spoken.slice(1).find((word) => auxiliaries.has(word) || pronouns.has(word));
  return questionWords.has(first) && turning !== undefined && auxiliaries.has(turning);
}

function isQuestionOrRequest(sentence: string): boolean {
  const spoken = normalizedWords(sentence);
  const from = spoken.findIndex((word) => !openers.has(word));
  if (from === -1) return false;
  const [first = "", second = ""] = spoken.slice(from);
  if (questionWords.has(first) || requests.has(first)) return true;
  if (auxiliaries.has(first) && pronouns.has(second)) return true;
  return politeRequest.test(spoken.join(" "));
}

function sentences(text: string): string[] {
  return text.split(/[.!…。！]+/u);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
