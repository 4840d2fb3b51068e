import { learnedName, says, type Intent } from "../heard";

/** "My name is Anna", "What is my name?" */
export const name: Intent = (heard) => {
  if (says(heard, "what is my name", "what's my name", "know my name", "who am i")) {
    return heard.name === null
      ? "You have not told me your name yet."
      : `Your name is ${heard.name}.`;
  }
  const given = learnedName([heard.text]);
  return given === null ? null : `Nice to meet you, ${given}.`;
};
