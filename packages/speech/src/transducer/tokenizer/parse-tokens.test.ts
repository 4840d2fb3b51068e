import { describe, expect, it } from "vitest";
import { parseTokens } from "./parse-tokens";

describe("parseTokens", () => {
  it("splits lines at the last space, takes CR LF and leaves out the blank", () => {
    expect(parseTokens("a b 0\r\n\u2581c 1\r\n<blk> 2\r\n")).toEqual(["a b", "\u2581c"]);
  });

  it.each([
    ["a 0\nb 2\n<blk> 3\n", "line 2 has no id 1"],
    ["a 0\nb\n<blk> 2\n", "line 2 has no id 1"],
    ["a 0\n\n<blk> 1\n", "line 2 has no id 1"],
    ["a 0\nb 1\n", "line 2 is not <blk>"],
    ["", "line 1 is not <blk>"],
  ])("refuses %j", (tokens, message) => {
    expect(() => parseTokens(tokens)).toThrow(message);
  });
});
