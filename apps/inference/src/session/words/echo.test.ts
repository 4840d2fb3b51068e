import { describe, expect, it } from "vitest";
import { isEcho, isMostlyOwn } from "./echo";

const weather = "It’s Sunday, November twenty-second: a sunny day.";
const story = "Once upon a time there was a robot. It lived by the sea. Every day it sang.";

describe("an echo", () => {
  it.each([
    ["it's sunday november twenty second", weather, true],
    ["It's Sunday, November 22nd.", weather, true],
    ["November twenty-second.", weather, true],
    ["A sunny day?", weather, true],
    ["a sunny", weather, true],
    ["Sunday. What?", weather, false],
    ["...", weather, false],
    ["", weather, false],
    // Misheard, and cut off at its ends.
    ["one's app", story, true],
    ["Once a pond a time", story, true],
    ["ponder time there was a row bot", story, true],
    ["it lift by the see every day", story, true],
    ["there was a robot it lived by", story, true],
    ["Every day it sank.", story, true],
    ["why did the bitter", "Why did the computer", true],
    ["why the bitter", "Why did the computer", false],
    ["time", story, true],
    ["rob", story, true],
    // People, in the same moment.
    ["no", story, false],
    ["yes", story, false],
    ["stop", story, false],
    ["wait what", story, false],
    ["upon a what", story, false],
    ["what is the weather like", story, false],
    ["a robot?  which one", story, false],
    ["tell me a joke", story, false],
    ["can you make it shorter", story, false],
    ["i know that one", story, false],
    ["there was a dog", story, false],
    ["yeah but why", `${story} Then it slept.`, false],
    ["about a dog", "Once upon a time there was a cat.", false],
  ])("%s", (text, spoken, isIt) => {
    expect(isEcho(text, spoken)).toBe(isIt);
  });
});

describe("a turn of mostly its own words", () => {
  it.each([
    ["I heard once upon a time there was a row bot", story, true],
    ["there was a robot and lived by the sea", story, true],
    ["one's app", story, true],
    ["what was the robot called", story, false],
    ["tell me about the sea instead", story, false],
    ["does it sing every day", story, false],
    ["thank you that is enough", story, false],
    ["what time is it", "It is two forty-three in the afternoon.", false],
    ["no", story, false],
    ["anything", "", false],
  ])("%s", (text, spoken, isIt) => {
    expect(isMostlyOwn(text, spoken)).toBe(isIt);
  });
});
