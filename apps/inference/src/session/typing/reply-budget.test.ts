import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { ReplyBudget } from "./reply-budget";

const [ada, ben, kim] = [newId<MemberId>(), newId<MemberId>(), newId<MemberId>()] as const;

function budget() {
  return new ReplyBudget({ typedRepliesPerMember: 2, typedRepliesPerRoom: 3 });
}

describe("ReplyBudget", () => {
  it("gives each member so many a minute", () => {
    const replies = budget();
    expect([0, 1, 2].map((atMs) => replies.take([ada], atMs))).toEqual([true, true, false]);
    expect(replies.take([ben], 3)).toBe(true);
    expect(replies.take([ada], 60_000)).toBe(true);
  });

  it("gives the room so many a minute, whoever asks", () => {
    const replies = budget();
    const asked = [ada, ben, kim, kim].map((memberId, atMs) => replies.take([memberId], atMs));
    expect(asked).toEqual([true, true, true, false]);
  });

  it("answers who has one left together with who has not", () => {
    const replies = budget();
    replies.take([ada], 0);
    replies.take([ada], 1);
    expect(replies.take([ada, ben], 2)).toBe(true);
    // Only Ben was charged.
    expect(replies.take([ada], 60_000)).toBe(true);
  });
});
