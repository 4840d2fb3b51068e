import { says, type Heard, type Intent } from "../heard";

const yesWords = new Set([
  "yes",
  "yeah",
  "yep",
  "sure",
  "okay",
  "ok",
  "of",
  "course",
  "right",
  "mm",
  "hmm",
  "uh",
  "huh",
]);
const noWords = new Set(["no", "nope", "not", "really", "now", "thanks"]);

/** "Repeat that", "yes", "no": lines that refer to the last answer. */
export const followUp: Intent = (heard) => {
  const wantsRepeat = says(
    heard,
    "repeat",
    "say that again",
    "say it again",
    "once more",
    "what did you say",
    "come again",
    "pardon",
  );
  if (wantsRepeat) {
    return heard.lastAnswer === "" ? "I have not said anything yet." : heard.lastAnswer;
  }
  // "No, thanks" declines; "thanks" alone does not.
  if (isOnly(heard, noWords) && heard.words[0] !== "thanks")
    return "All right. Tell me when you want something.";
  if (isOnly(heard, yesWords)) return "Good. What shall we do?";
  return null;
};

function isOnly({ words }: Heard, known: ReadonlySet<string>): boolean {
  return words.length > 0 && words.length <= 3 && words.every((word) => known.has(word));
}
