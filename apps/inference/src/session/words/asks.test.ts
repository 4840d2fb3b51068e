import { expect, it } from "vitest";
import { asksDirectly, asksSomething } from "./asks";

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

it.each([
  ["what time is it", true],
  ["what is that", true],
  ["who did this", true],
  ["can you help us", true],
  ["tell us a joke", true],
  ["what time it is", false],
  ["where he lives", false],
  ["is late", false],
  ["what a day", false],
  ["has them", false],
  ["", false],
])("%s asks whoever hears it: %s", (text, isAsking) => {
  expect(asksDirectly(text.split(" "))).toBe(isAsking);
});
