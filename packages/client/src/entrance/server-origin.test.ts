import { expect, it } from "vitest";
import { serverOrigin } from "./server-origin";

it.each([
  [undefined, "http://localhost:3000"],
  ["https://talk.example.org", "https://talk.example.org"],
  ["https://talk.example.org/r/abc", "https://talk.example.org"],
  ["talk.example.org:7860", "http://talk.example.org:7860"],
])("the origin of %s is %s", (server, origin) => {
  expect(serverOrigin(server)).toBe(origin);
});

it("refuses what is no address", () => {
  expect(() => serverOrigin("https://")).toThrow(TypeError);
});
