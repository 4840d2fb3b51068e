import { expect, it } from "vitest";
import { isEcho } from "./echo";

const spoken = "It’s Sunday, November twenty-second: a sunny day.";

it.each([
  ["it's sunday november twenty second", true],
  ["It's Sunday, November 22nd.", false],
  ["November twenty-second.", true],
  ["A sunny day?", true],
  ["a sunny", true],
  ["Sunday. What?", false],
  ["...", false],
  ["", false],
])("%s is an echo: %s", (text, isItsEcho) => {
  expect(isEcho(text, spoken)).toBe(isItsEcho);
});
