import { describe, expect, it } from "vitest";
import { SpokenClauses } from "./spoken-clauses";

function spoken(clauses: readonly string[], language = "en"): string[] {
  const text = new SpokenClauses({ language });
  return clauses.map((clause) => text.of(clause));
}

describe("SpokenClauses", () => {
  it("says once that code is left out, over clauses", () => {
    expect(spoken(["Look:", "```js", "let a = 1;", "```", "That is all."])).toEqual([
      ...["Look:", "I leave out the code.", "", "", "That is all."],
    ]);
    expect(spoken(["Siehe:", "```", "x", "``` Fertig."], "de")).toEqual([
      ...["Siehe:", "Den Code lasse ich weg.", "", "Fertig."],
    ]);
  });

  it("says nothing of reasoning and tools that go on over clauses", () => {
    expect(spoken(["<think>Hm.", "They want 3.", "</think>Three.", "Yes."])).toEqual([
      ...["", "", "Three.", "Yes."],
    ]);
    expect(
      spoken(["<tool_call>", '{"name": "f",', '"arguments": {}}', "</tool_call>", "Done."]),
    ).toEqual(["", "", "", "", "Done."]);
  });

  it("follows a JSON object to its end, braces in strings included", () => {
    const clauses = [
      "Calling.",
      "{",
      '"name": "a}b\\"}",',
      '"arguments": {"x": 1}',
      "} There.",
      "Ok.",
    ];
    expect(spoken(clauses)).toEqual(["Calling.", "", "", "", "There.", "Ok."]);
  });

  it("bears markup that a clause cut apart", () => {
    expect(
      spoken(["**Note: this is it.", "And more.** Fine.", "[See it.", "Here](http://a.b)."]),
    ).toEqual(["Note: this is it.", "And more. Fine.", "See it.", "Here."]);
  });

  it("keeps the comma or full stop on which a clause ends", () => {
    expect(spoken(["When I was 5,", "it was 1999.", "Then:"])).toEqual([
      ...["When I was five,", "it was nineteen ninety-nine.", "Then:"],
    ]);
  });
});
