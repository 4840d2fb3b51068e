import { maxMessageCharacters } from "@parley/shared/protocol/room-event";
import { expect, it } from "vitest";
import { fitMessage } from "./fit-message";

it("keeps what fits, and says how much does not", () => {
  expect(fitMessage("hello")).toEqual({ text: "hello", leftOut: 0 });
  const long = fitMessage("x".repeat(20_000));
  expect(long.text).toHaveLength(maxMessageCharacters);
  expect(long.leftOut).toBe(20_000 - maxMessageCharacters);
});

it.each(["😀", "👩‍👩‍👧", "e\u0301"])("never cuts %s in two", (character) => {
  const { text } = fitMessage(
    `${"x".repeat(maxMessageCharacters - 1)}${character}${"y".repeat(9)}`,
  );
  expect(text).toBe("x".repeat(maxMessageCharacters - 1));
});
