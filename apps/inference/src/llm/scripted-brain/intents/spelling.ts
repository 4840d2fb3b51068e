import { findPhrase } from "../fuzzy-match";
import { capitalised, type Intent } from "../heard";

const between = new Set(["the", "word", "a", "name", "out", "me", "for"]);

/** "Spell computer", "How do you spell my name?" */
export const spelling: Intent = ({ words, name }) => {
  const at = findPhrase(words, "spell");
  if (at === null) return null;
  const rest = words.slice(at);
  if (rest[0] === "my" && rest[1]?.startsWith("name") === true) {
    return name === null
      ? "I do not know your name yet. Say: my name is, and then your name."
      : spell(name);
  }
  const word = rest.find((candidate) => !between.has(candidate));
  return word === undefined ? "Which word shall I spell?" : spell(word);
};

function spell(word: string): string {
  const letters = word.toUpperCase().match(/\p{L}/gu) ?? [];
  return `${capitalised(word)}: ${letters.join(", ")}.`;
}
