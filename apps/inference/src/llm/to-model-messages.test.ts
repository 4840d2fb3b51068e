import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../contracts/chat-model";
import { toModelMessages, withoutOlderHalf } from "./to-model-messages";

const system = { role: "system", content: "Be brief." } as const;
const hi = { role: "user", name: "Ada", content: "Hi." } as const;
const hello = { role: "assistant", content: "Hello." } as const;
const greeting = { role: "assistant", content: "I am listening." } as const;

describe("toModelMessages", () => {
  it("leaves the lines of a single speaker unchanged", () => {
    expect(toModelMessages([system, hi, hello, hi])).toEqual([
      system,
      { role: "user", content: "Hi." },
      hello,
      { role: "user", content: "Hi." },
    ]);
  });

  it("names the speakers where there are several, and joins consecutive lines", () => {
    const messages = [
      { role: "user", name: "Ada", content: "Tea?" },
      { role: "user", name: "Ben", content: "Coffee." },
    ] as const;
    expect(toModelMessages(messages)).toEqual([
      { role: "user", content: "Ada: Tea?\nBen: Coffee." },
    ]);
  });

  it("tells of the greeting in the system message", () => {
    expect(toModelMessages([system, greeting, hi])).toEqual([
      {
        role: "system",
        content: 'Be brief.\nYou spoke first in this conversation. You said: "I am listening."',
      },
      { role: "user", content: "Hi." },
    ]);
  });

  it.each<[string, ChatMessage[]]>([
    ["a greeting", [system, greeting, hi]],
    ["a greeting and nobody's line", [system, greeting]],
    ["two replies in a row", [system, hi, hello, hello, hi]],
    ["history that begins in the middle", [system, hello, hello, hi, hello, hi]],
    ["no system message", [greeting, hi, hello, hi]],
    ["two system messages", [system, hi, system, hello, hi]],
    ["nothing", [system]],
  ])("alternates, the user first and last: %s", (_, messages) => {
    const roles = toModelMessages(messages).map(({ role }) => role);
    if (roles[0] === "system") roles.shift();
    expect(roles).toEqual(roles.map((_role, index) => (index % 2 === 0 ? "user" : "assistant")));
    expect(roles.length % 2).toBe(1);
  });

  it("puts the system message before the user's first line where a template has no such role", () => {
    expect(toModelMessages([system, hi], { foldsSystem: true })).toEqual([
      { role: "user", content: "Be brief.\n\nHi." },
    ]);
  });
});

describe("withoutOlderHalf", () => {
  it("keeps the system message and the latest lines", () => {
    expect(withoutOlderHalf([system, hi, hello, hi])).toEqual([system, hi]);
    expect(withoutOlderHalf([system, hi])).toBeNull();
  });
});
