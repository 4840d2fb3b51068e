import { newId, type EntryId, type ReplyId } from "@parley/shared/protocol/ids";
import { beforeEach, describe, expect, test } from "vitest";
import { SeatedAgent } from "../testing/seated-agent";

let at: SeatedAgent;

beforeEach(async () => {
  at = await SeatedAgent.open();
});

async function type(text: string): Promise<EntryId> {
  const memberId = await at.join("Ann");
  at.connect();
  const messageId = newId<EntryId>();
  at.room.receive(memberId, { type: "message", messageId, text });
  return messageId;
}

describe("a room whose server died", () => {
  test("has its last question asked again, by whoever came back under that name", async () => {
    const messageId = await type("what time is it");
    await at.clock.advance(5_000);
    const next = await at.takenUp();
    await next.join("Bob");
    const ann = await next.join("Ann");
    next.connect();
    const text = "what time is it";
    expect(next.sent("session-open")).toMatchObject([{ history: [] }]);
    expect(next.sent("message")).toEqual([{ type: "message", messageId, memberId: ann, text }]);

    // Her browser cannot know whether it had arrived.
    next.room.receive(ann, { type: "message", messageId, text });
    expect(next.sent("message")).toHaveLength(1);
  });

  test("asks nothing again that was answered, were it by one word", async () => {
    await type("what time is it");
    const replyId = newId<ReplyId>();
    at.say({ type: "reply-start", replyId, turnId: null });
    at.say({ type: "reply-spoken", replyId, revision: 0, text: "It is" });
    const next = await at.takenUp();
    await next.join("Ann");
    next.connect();
    expect(next.sent("message")).toEqual([]);
    expect(next.sent("session-open")).toMatchObject([
      { history: [{ text: "what time is it" }, { role: "agent", text: "It is" }] },
    ]);
    expect(next.room.entries.at(-1)).toMatchObject({ isFinal: true, isInterrupted: true });
  });

  test("asks nothing again that nobody waits for any more", async () => {
    await type("what time is it");
    await at.clock.advance(31_000);
    const next = await at.takenUp();
    await next.join("Ann");
    next.connect();
    expect(next.sent("message")).toEqual([]);
    expect(next.sent("session-open")).toMatchObject([{ history: [{ text: "what time is it" }] }]);
  });
});
