import { findPhrase } from "../fuzzy-match";
import { capitalised, says, type Heard, type Intent } from "../heard";
import { tokensOf } from "../tokens";

const commonWords = new Set(
  "what when where who which how is was are were the a an my your our do does did i you me we to of in on at for that it tell know remember".split(
    " ",
  ),
);

/** "What did I say?", "Remember that …", "My favourite colour is blue", "What is my …?" */
export const memory: Intent = (heard) =>
  whatWasSaid(heard) ?? remembered(heard) ?? newFact(heard) ?? knownFact(heard);

function whatWasSaid(heard: Heard): string | null {
  if (says(heard, "what did i say", "what i said", "what have i said", "did i just say")) {
    const last = heard.ownLines.at(-1);
    return last === undefined ? "You have not said anything before that." : `You said: ${last}`;
  }
  const at = findPhrase(heard.words, "what did");
  if (at === null || !says(heard, "say")) return null;
  const who = heard.words[at] ?? "";
  const line = heard.earlier.findLast(({ name }) => name?.toLowerCase().startsWith(who) === true);
  return line === undefined ? null : `${capitalised(who)} said: ${line.content}`;
}

/** "What should you remember?" */
function remembered(heard: Heard): string | null {
  const asks = says(heard, "what should you remember", "what do you remember", "to remember");
  if (!asks) return null;
  const facts = heard.ownLines.flatMap((line) => factOf(line) ?? []);
  return facts.length === 0
    ? "You have not asked me to remember anything yet."
    : `You told me that ${facts.slice(-3).map(toYou).join(", and that ")}.`;
}

function newFact(heard: Heard): string | null {
  const fact = factOf(heard.text);
  return fact === null ? null : `I will remember that ${toYou(fact)}.`;
}

/** "What is my favourite colour?", "When is the meeting?" */
function knownFact(heard: Heard): string | null {
  const isQuestion = /^(what|what's|when|where|who|which|how|do|tell)$/.test(heard.words[0] ?? "");
  if (!isQuestion) return null;
  const asked = heard.words.filter((word) => !commonWords.has(word.replace(/'s$/, "")));
  const fact = heard.ownLines
    .flatMap((line) => factOf(line) ?? [])
    .findLast((candidate) => {
      const known = tokensOf(candidate);
      return asked.length > 0 && asked.every((word) => findPhrase(known, word) !== null);
    });
  if (fact !== undefined) return `You told me that ${toYou(fact)}.`;
  const asksForOwn = says(heard, "what is my", "what's my", "what was my");
  return asksForOwn ? "You have not told me that yet." : null;
}

/** @returns the fact that the line asks to remember, or states about the speaker */
function factOf(line: string): string | null {
  const words = tokensOf(line);
  const at = findPhrase(words, "remember that") ?? findPhrase(words, "remember");
  if (at !== null && !/^(what|do|did|can|could)$/.test(words[0] ?? "")) {
    const fact = words.slice(at).join(" ");
    return fact === "" ? null : fact;
  }
  const isAbout = /^(?:(?:well|and|so|okay) )*(my [\p{L}' ]+ (?:is|are|was) .+)$/u;
  const own = isAbout.exec(words.join(" "))?.[1];
  return own === undefined || own.startsWith("my name ") ? null : own;
}

const otherPerson: Record<string, string> = {
  my: "your",
  i: "you",
  "i'm": "you are",
  am: "are",
  me: "you",
  mine: "yours",
  your: "my",
  you: "I",
};

/** @returns the words of the speaker as the listener says them */
function toYou(fact: string): string {
  return fact
    .split(" ")
    .map((word) => otherPerson[word] ?? word)
    .join(" ");
}
