import { expect, it } from "vitest";
import { toModelMessages } from "./to-model-messages";

it("leaves the lines of a single speaker unchanged", () => {
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", name: "Ada", content: "Hi." },
    { role: "assistant", content: "Hello." },
  ] as const;
  expect(toModelMessages(messages)).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi." },
    { role: "assistant", content: "Hello." },
  ]);
});

it("names the speakers where there are several, and joins consecutive lines", () => {
  const messages = [
    { role: "user", name: "Ada", content: "Tea?" },
    { role: "user", name: "Ben", content: "Coffee." },
  ] as const;
  expect(toModelMessages(messages)).toEqual([{ role: "user", content: "Ada: Tea?\nBen: Coffee." }]);
});
