import { FakeClock } from "@parley/shared/testing/fake-clock";
import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { TypedQuestions } from "./typed-questions";

const ada = newId<MemberId>();

function questions(typedRepliesPerMember = 3) {
  const clock = new FakeClock();
  const told: string[] = [];
  const typed = new TypedQuestions({
    clock,
    settings: { typedIntervalMs: 2_000, typedRepliesPerMember, typedRepliesPerRoom: 30 },
    onDue: () => told.push("due"),
    onRefused: () => told.push("refused"),
  });
  return { clock, told, typed };
}

describe("TypedQuestions", () => {
  it("asks the first at once and the next ones together", async () => {
    const { clock, told, typed } = questions();
    expect([typed.accept(ada), typed.accept(ada), typed.accept(ada)]).toEqual([true, false, false]);
    await clock.advance(1_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual(["due"]);
    await clock.advance(10_000);
    expect(told).toEqual(["due"]);
  });

  it("asks those that wait as soon as the reply is over", () => {
    const { told, typed } = questions();
    typed.accept(ada);
    typed.replied();
    expect(typed.accept(ada)).toBe(true);
    expect(typed.accept(ada)).toBe(false);
    typed.replied();
    expect(told).toEqual(["due"]);
  });

  it("refuses what is beyond the budget, and tells so once until it asks again", async () => {
    const { clock, told, typed } = questions(1);
    expect(typed.accept(ada)).toBe(true);
    for (let line = 0; line < 5; line++) {
      await clock.advance(3_000);
      expect(typed.accept(ada)).toBe(false);
    }
    expect(told).toEqual(["refused"]);
    await clock.advance(60_000);
    expect(typed.accept(ada)).toBe(true);
    await clock.advance(3_000);
    typed.accept(ada);
    expect(told).toEqual(["refused", "refused"]);
  });

  it("forgets what waits", async () => {
    const { clock, told, typed } = questions();
    typed.accept(ada);
    typed.accept(ada);
    typed.clear();
    await clock.advance(10_000);
    expect(told).toEqual([]);
  });
});
