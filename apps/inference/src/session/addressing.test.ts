import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { addressOf, type Address, type AddressContext, type LastLine } from "./addressing";
import { defaultSessionSettings as settings } from "./settings";

const ids = { Ada: newId<MemberId>(), Kim: newId<MemberId>(), Ben: newId<MemberId>() };
type Name = keyof typeof ids;

const nowMs = 100_000;
const people = (Object.keys(ids) as Name[]).map((name) => ({ name, memberId: ids[name] }));
const context: AddressContext = {
  answers: "when-addressed",
  agentName: "Parley",
  people,
  last: null,
};

function said(name: Name, address: Address, agoMs = 1_000): LastLine {
  return { by: "member", memberId: ids[name], address, endedAtMs: nowMs - agoMs };
}

function answered(
  name: Name | null,
  values: { isQuestion?: boolean; agoMs?: number } = {},
): LastLine {
  const { isQuestion = false, agoMs = 1_000 } = values;
  const memberId = name === null ? null : ids[name];
  return { by: "agent", isQuestion, answered: memberId, endedAtMs: nowMs - agoMs };
}

/** Whom a line of Ada's is said to, in a word. */
function told(text: string, values: Partial<AddressContext> = {}): string {
  const line = { memberId: ids.Ada, text, startedAtMs: nowMs };
  const address = addressOf(line, { ...context, ...values }, settings);
  if (address.to !== "member") return address.to;
  return people.find(({ memberId }) => memberId === address.memberId)?.name ?? "";
}

const agent: Address = { to: "agent" };
const everyone: Address = { to: "everyone" };
const nobody: Address = { to: "nobody" };
const kim: Address = { to: "member", memberId: ids.Kim };
const ada: Address = { to: "member", memberId: ids.Ada };
const ben: Address = { to: "member", memberId: ids.Ben };

describe("whom a line is said to", () => {
  it.each([
    ["Parley, what time is it?", "agent"],
    ["parlay tell me a joke", "agent"],
    ["Let us ask. Parley, what time is it?", "agent"],
    ["let us ask parley what time it is", "agent"],
    ["let us askally what time is it", "agent"],
    ["let us ask kim what is that", "Kim"],
    ["Kim, did you bring the keys?", "Kim"],
    ["Kim, what does Parley do?", "Kim"],
    ["What time is it?", "everyone"],
    ["tell me a joke", "everyone"],
    ["I like this.", "nobody"],
    ["okay", "nobody"],
    // Nobody calls themselves.
    ["Ada did you say", "nobody"],
  ])("out of nothing: %s → %s", (text, to) => {
    expect(told(text)).toBe(to);
  });

  it.each<[string, LastLine, string, string]>([
    ["an answer to its question", answered("Ada", { isQuestion: true }), "yes", "agent"],
    ["anybody's answer to it", answered("Ben", { isQuestion: true }), "the blue one", "agent"],
    [
      "but not a minute later",
      answered("Ada", { isQuestion: true, agoMs: 60_000 }),
      "yes",
      "nobody",
    ],
    ["another person called", answered("Ada", { isQuestion: true }), "Kim, do you?", "Kim"],
    ["what follows its answer", answered("Ada"), "another one", "everyone"],
    ["what another says then", answered("Ben"), "I see", "nobody"],
    ["what another asks then", answered("Ben"), "what day is it", "everyone"],
    ["an answer to who called her", said("Kim", ada), "Yes, they are in my bag.", "Kim"],
    ["also a question back", said("Kim", ada), "which keys", "Kim"],
    ["but not a minute later", said("Kim", ada, 60_000), "what time is it", "everyone"],
    ["what two others speak of", said("Kim", ben), "I like tea", "nobody"],
    ["a third one's question", said("Kim", ben), "what time is it", "everyone"],
    ["her going on with Kim", said("Ada", kim), "and the tickets", "Kim"],
    ["but not after a silence", said("Ada", kim, 4_000), "what time is it", "everyone"],
    ["her going on with the agent", said("Ada", agent), "and a story", "agent"],
    ["her going on with everybody", said("Ada", everyone), "I have to leave", "everyone"],
    ["her going on with nobody", said("Ada", nobody), "what time is it", "everyone"],
    ["an answer to everybody's question", said("Kim", everyone), "it is noon", "Kim"],
    ["a second question to everybody", said("Kim", everyone), "what day is it", "everyone"],
    ["a remark at the same time", said("Kim", everyone, -2_000), "it is cold", "nobody"],
    ["the agent called after all", said("Kim", ada), "Parley, what day is it?", "agent"],
  ])("%s", (_, last, text, to) => {
    expect(told(text, { last })).toBe(to);
  });

  it("is the agent while somebody is alone, and by the room's wish always", () => {
    for (const text of ["okay", "Kim, did you bring the keys?", "what time is it"]) {
      expect(told(text, { people: people.slice(0, 1) })).toBe("agent");
      expect(told(text, { answers: "always" })).toBe("agent");
    }
  });
});
