import { describe, expect, it } from "vitest";
import { calledBy, isNamed } from "./called-name";

const people = [
  { who: "agent", name: "Parley" },
  { who: "kim", name: "Kim" },
  { who: "ada", name: "Ada Lovelace" },
  { who: "will", name: "Will" },
];

describe("somebody is called", () => {
  it.each([
    ["Kim, did you bring the keys?", "kim"],
    ["kim did you bring the keys", "kim"],
    ["Kim, shall we go to lunch?", "kim"],
    ["kim", "kim"],
    ["kim can", "kim"],
    ["Hey Kim.", "kim"],
    ["okay so kim what about you", "kim"],
    ["Kim, I think the printer is broken.", "kim"],
    ["What do you think, Kim?", "kim"],
    ["Thank you, Kim.", "kim"],
    ["Let us ask. Parley, what time is it?", "agent"],
    ["Kim, wait. Parley, what time is it?", "agent"],
    ["Parley, stop. Kim, did you bring them?", "kim"],
    ["Parlay, tell me a joke.", "agent"],
    ["barley tell me a joke", "agent"],
    ["carl e what time is it", "agent"],
    ["Carly, what time is it?", "agent"],
    // Where a sentence begins is not always written.
    ["let us ask parley what time is it", "agent"],
    ["let us asked parlally what time is it", "agent"],
    ["let us askally what time is it", "agent"],
    ["i do not know barley can you tell us", "agent"],
    ["let us ask kim what is that", "kim"],
    ["Ada, are you there?", "ada"],
    ["Ada Lovelace, are you there?", "ada"],
    ["Will, will you come?", "will"],
  ])("%s → %s", (text, who) => {
    expect(calledBy(text, people)).toBe(who);
  });

  it("is whoever's name fits better", () => {
    const withCarla = [...people, { who: "carla", name: "Carla" }];
    expect(calledBy("Carly, what time is it?", withCarla)).toBe("carla");
  });

  it.each([
    "Kim is late again.",
    "Kim did the dishes.",
    "kim's keys are here",
    "I saw Kim.",
    "I think Kim has them.",
    "will you come",
    "party at my place",
    "i asked kim what time it is",
    "kim is always asking what time it is",
    "let us ask her what time is it",
    "actually what time is it",
    "is it early what do you think",
    "we were asked what is that",
    "i will will you",
    "what time is it",
    "",
  ])("nobody: %s", (text) => {
    expect(calledBy(text, people)).toBeNull();
  });
});

it.each([
  ["let us ask parley what time it is", true],
  ["Ask Parlay.", true],
  ["what time is it", false],
  ["we had a party", false],
])("the agent is named in %s: %s", (text, isIt) => {
  expect(isNamed(text, "Parley")).toBe(isIt);
});
