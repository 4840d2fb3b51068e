import {
  newId,
  type EntryId,
  type MemberId,
  type ReplyId,
  type TurnId,
} from "@parley/shared/protocol/ids";
import { beforeEach, describe, expect, test } from "vitest";
import { SeatedAgent } from "../testing/seated-agent";

const turnId = newId<TurnId>();
const replyId = newId<ReplyId>();

let at: SeatedAgent;

beforeEach(async () => {
  at = await SeatedAgent.open();
});

describe("a turn in hand when the link is lost", () => {
  const partial = { type: "transcript-partial", turnId, revision: 0, text: "what time" } as const;

  test("ends with the words it has, where nobody will hear it again", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...partial, memberId, startedAtMs: 7 });
    at.lose();
    expect(at.texts()).toEqual([["Ann", "turn", "what time", true]]);
  });

  test("gives way to the next session's, which hears it from its beginning", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...partial, memberId, startedAtMs: 7 });
    at.lose([memberId]);
    expect(at.texts()).toEqual([["Ann", "turn", "what time", false]]);
    at.connect();
    expect(at.texts()).toEqual([]);
    expect(at.sent("session-open")[1]).toMatchObject({ history: [] });
    const again = { turnId: newId<TurnId>(), memberId, startedAtMs: 7 };
    at.say({ type: "transcript-final", ...again, revision: 1, text: "what time is it" });
    expect(at.texts()).toEqual([["Ann", "turn", "what time is it", true]]);
  });

  test("waits for a worker that takes the room, over others that do not", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...partial, memberId, startedAtMs: 7 });
    at.lose([memberId]);
    at.seat.handle({ type: "link-opened", roomId: at.room.roomId });
    at.lose([], "at-capacity");
    expect(at.texts()).toEqual([["Ann", "turn", "what time", false]]);
    at.connect();
    expect(at.texts()).toEqual([]);
  });

  test("ends with the words it has when no session comes", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...partial, memberId, startedAtMs: 7 });
    at.lose([memberId]);
    await at.clock.advance(12_000);
    expect(at.texts()).toEqual([["Ann", "turn", "what time", true]]);
  });
});

describe("a question without an answer when the link is lost", () => {
  const final = { type: "transcript-final", turnId, revision: 1, text: "what time is it" } as const;

  test("is asked again of the next session, and is not in its history as well", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    at.lose();
    at.connect();
    expect(at.sent("session-open")[1]).toMatchObject({ history: [] });
    expect(at.sent("message")).toEqual([
      { type: "message", messageId: turnId, memberId, text: "what time is it" },
    ]);
    expect(at.texts()).toEqual([["Ann", "turn", "what time is it", true]]);
  });

  test("is asked again when nothing of the reply was heard", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...final, memberId, startedAtMs: 7 }, { type: "reply-start", replyId, turnId });
    at.lose();
    at.connect();
    expect(at.sent("message")).toHaveLength(1);
  });

  test("is not asked again once a part of the reply was heard, which is marked as cut off", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    at.say({ type: "reply-start", replyId, turnId });
    at.say({ type: "reply-spoken", replyId, revision: 1, text: "It is" });
    at.lose();
    at.connect();
    expect(at.sent("message")).toEqual([]);
    expect(at.room.entries.at(-1)).toMatchObject({ text: "It is", isInterrupted: true });
  });

  test("is nobody's when the agent was listening", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    at.say({ type: "agent-state", state: "listening" });
    at.lose();
    at.connect();
    expect(at.sent("message")).toEqual([]);
  });
});

describe("a typed message when the link is lost", () => {
  const messageId = newId<EntryId>();
  const type = (memberId: MemberId) => {
    at.room.receive(memberId, { type: "message", messageId, text: "what time is it" });
  };

  test("is sent again when nothing shows that it had arrived", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    type(memberId);
    at.lose();
    at.connect();
    expect(at.sent("session-open")[1]).toMatchObject({ history: [] });
    expect(at.sent("message")).toHaveLength(2);
    // It has been heard this time.
    at.say({ type: "agent-state", state: "thinking" }, { type: "agent-state", state: "listening" });
    at.lose();
    at.connect();
    expect(at.sent("message")).toHaveLength(2);
  });

  test("was for somebody else when the agent has long let it be", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    type(memberId);
    await at.clock.advance(6_000);
    at.lose();
    at.connect();
    expect(at.sent("message")).toHaveLength(1);
  });
});

describe("workers without room", () => {
  test("are told of once none took the room for a second, until one does", async () => {
    await at.join("Ann");
    at.seat.handle({ type: "link-opened", roomId: at.room.roomId });
    at.lose([], "at-capacity");
    at.seat.handle({ type: "link-opened", roomId: at.room.roomId });
    at.lose([], "at-capacity");
    expect(at.room.snapshot().agentProblem).toBeNull();
    await at.clock.advance(1_000);
    expect(at.room.snapshot().agentProblem).toBe("no-place");
    at.connect();
    expect(at.room.snapshot().agentProblem).toBeNull();
  });

  test("are no matter when the next one takes the room", async () => {
    await at.join("Ann");
    at.lose([], "at-capacity");
    at.connect();
    await at.clock.advance(2_000);
    expect(at.bodies.some(({ type }) => type === "agent-problem")).toBe(false);
  });
});
