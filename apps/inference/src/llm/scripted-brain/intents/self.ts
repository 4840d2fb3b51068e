import { says, type Intent } from "../heard";

const abilities =
  "I can tell the time and the date, do sums, spell words, count, tell jokes and stories of any length, and remember what you tell me.";

/** "Who are you?", "What can you do?" */
export const self: Intent = (heard) => {
  if (says(heard, "what can you do", "help", "what do you do", "can you do", "what can i say")) {
    return abilities;
  }
  const asksWho = says(
    heard,
    "who are you",
    "what are you",
    "your name",
    "are you a robot",
    "are you human",
    "are you real",
    "are you an a",
    "are you an ai",
    "are you a real",
    "are you a person",
    "language model",
    "chat gpt",
    "chatgpt",
  );
  return asksWho
    ? "I am the small scripted demo that comes with Parley. I know a few tricks, and I am no language model."
    : null;
};
