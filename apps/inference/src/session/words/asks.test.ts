import { expect, it } from "vitest";
import { asksSomething } from "./asks";

it.each([
  ["what time is it", true],
  ["And what day is today?", true],
  ["And tell me a joke.", true],
  ["I would like to know what time it is, please.", true],
  ["Okay. Can you spell computer?", true],
  ["is it going to rain", true],
  ["Really?", true],
  ["wie spät ist es", true],
  ["Quelle heure est-il", true],
  ["Yes, they are in my bag.", false],
  ["Of course.", false],
  ["Okay, I will wait downstairs.", false],
  ["is what I said", false],
  ["I think the printer is broken.", false],
  ["mm-hmm", false],
  ["", false],
])("%s asks something: %s", (text, isAsking) => {
  expect(asksSomething(text)).toBe(isAsking);
});
