import { words } from "./turn-language";

const subordinators = words(
  "dass weil wenn ob als obwohl während bevor nachdem damit was wer wen wem wo wie wann warum welche",
);
const finalVerbs = words(`
  ist sind war waren bin bist wird werden habe hat haben kann können könnte könnten will möchte muss
  soll sollte heißt
`);

/** @returns `whole` for subordinate clauses, which end in their verb: "ich weiß, was das ist" */
export function germanGrammar(sentence: readonly string[]): "whole" | null {
  if (!finalVerbs.has(sentence.at(-1) ?? "")) return null;
  const at = sentence.findLastIndex((word) => subordinators.has(word));
  return at >= 0 && at < sentence.length - 2 ? "whole" : null;
}
