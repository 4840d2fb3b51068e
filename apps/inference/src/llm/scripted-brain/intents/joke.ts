import { says, type Intent } from "../heard";

const jokes = [
  "Why did the computer go to the doctor? It had a virus.",
  "What do you call a fish without an eye? A fsh. Well, it is better in writing.",
  "I told my microphone a secret. Now it is on record.",
  "Why do bees hum? Because they never learned the words.",
  "What is a robot's favorite kind of music? Heavy metal.",
  "Parallel lines have so much in common. It is a pity they will never meet.",
];

/** "Tell me a joke", and "another one" after one. */
export const joke: Intent = (heard) => {
  const hasJustJoked = jokes.includes(heard.lastAnswer);
  const wantsMore = hasJustJoked && says(heard, "another", "one more", "again", "more");
  const wantsJoke = says(heard, "joke", "jokes", "something funny", "make me laugh");
  if (!wantsJoke && !wantsMore) return null;
  const told = heard.earlier.filter(
    ({ role, content }) => role === "assistant" && jokes.includes(content),
  ).length;
  return jokes[told % jokes.length] ?? null;
};
