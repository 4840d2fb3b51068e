import { describe, expect, it } from "vitest";
import { ReasoningFilter } from "./reasoning-filter";

function filter(text: string, size: number): string {
  const reasoning = new ReasoningFilter();
  let heard = "";
  for (let at = 0; at < text.length; at += size) heard += reasoning.push(text.slice(at, at + size));
  return heard + reasoning.flush();
}

describe("ReasoningFilter", () => {
  it.each([
    ["Hello.", "Hello."],
    ["<think>Hm.\nWell.</think>\n\nHello.", "Hello."],
    ["</think>\n\nHello.", "Hello."],
    ["Hi <think>a</think>there<think>b</think>.", "Hi there."],
    ["<think>never ends", ""],
    ["1 < 2 and <b> stays, <thin too", "1 < 2 and <b> stays, <thin too"],
  ])("however the text is torn: %s", (text, heard) => {
    for (const size of [1, 2, 3, 5, 100]) expect(filter(text, size)).toBe(heard);
  });

  it("keeps back only what may be a tag", () => {
    expect(new ReasoningFilter().push("It is <t")).toBe("It is ");
  });
});
