/** New sentences for the recogniser, of the length that people speak to an agent in. */
export const utterances = [
  "what is four times eleven",
  "what day is tomorrow",
  "tell me the time",
  "how are you",
  "my name is sharon and i live in brazil",
  "what's your favorite color",
  "how do you spell that",
  "what is twelve plus seven",
  "tell me a joke about a fox and a writer",
  "i have a flight at twelve o'clock in the evening",
  "is today sunday",
  "what's the temperature in manila",
  "could you calculate ninety seven minus sixty one",
  "where are you from",
  "will it rain today",
  "my favorite color is blue",
  "what did i say",
  "people call me christina please",
  "i'm having dinner with susan on monday",
  "what should we do next week",
  "is sixteen plus nine eleven",
  "do fish like garlic",
  "the movie starts at seven twenty five",
  "i would love to visit lisbon",
] as const;

/** Voices of people; the agent speaks with another. */
export const voices = ["rms", "awb", "kal16"] as const;
