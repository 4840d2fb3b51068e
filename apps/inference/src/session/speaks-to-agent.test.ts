import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { expect, test } from "vitest";
import type { Turn } from "./hearing/turn";
import { defaultSessionSettings as settings } from "./settings";
import { speaksToAgent } from "./speaks-to-agent";

const ids = { turnId: newId<TurnId>(), memberId: newId<MemberId>() };
const said = (text: string, speechMs = 1_500): Turn => ({
  ...ids,
  startedAtMs: 0,
  text,
  speechMs,
  phase: "settled",
  silentSinceMs: 0,
  confidence: null,
});

test.each([
  ["a question", said("what time is it"), null, true],
  ["a request", said("Tell me a joke, please."), null, true],
  ["what is told", said("And tomorrow it will rain."), null, false],
  ["what is told after a question of the agent's", said("In Boston."), "Where do you live?", true],
  ["a question that goes on and on", said("what do you think about that", 6_000), null, false],
  ["a question that is not over", { ...said("what time is it"), phase: "speaking" }, null, false],
  [
    "a question with more behind it",
    said("what do they say about the weather today well i think it will rain all day"),
    null,
    false,
  ],
  ["nothing", said(""), "Where do you live?", false],
] as const)("%s", (_, turn, question, isForAgent) => {
  expect(speaksToAgent(turn, question, settings)).toBe(isForAgent);
});
