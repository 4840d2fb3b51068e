import { newId, type EntryId, type ReplyId, type TurnId } from "@parley/shared/protocol/ids";
import { beforeEach, describe, expect, test } from "vitest";
import { SeatedAgent } from "../testing/seated-agent";

const turnId = newId<TurnId>();
const replyId = newId<ReplyId>();

let at: SeatedAgent;

beforeEach(async () => {
  at = await SeatedAgent.open();
});

describe("the seat", () => {
  test("is taken at once, but the agent's media open with the first person", async () => {
    expect(at.room.snapshot().members).toMatchObject([{ name: "Robin", isAgent: true }]);
    expect(at.media.calls).toEqual([]);
    await at.join("Ann");
    await at.join("Bob");
    expect(at.media.calls).toEqual(["openAgent"]);
    expect(at.room.snapshot().media).toMatchObject([{ producerId: "voice-1" }]);
  });

  test("sends the members to the session, and who joins and leaves", async () => {
    const ann = await at.join("Ann");
    at.connect();
    expect(at.sent("session-open")).toMatchObject([
      { members: [{ memberId: ann, name: "Ann" }], agent: { name: "Robin" }, history: [] },
    ]);
    const bob = await at.join("Bob");
    at.room.leave(ann);
    expect(at.sent("member-joined")).toEqual([
      { type: "member-joined", memberId: bob, name: "Bob" },
    ]);
    expect(at.sent("member-left")).toEqual([{ type: "member-left", memberId: ann }]);
  });

  test("gets a new voice in a new media epoch", async () => {
    await at.join("Ann");
    at.media.mediaEpoch = 2;
    at.room.enterMediaEpoch(2);
    await at.clock.advance(0);
    expect(at.room.snapshot().media).toMatchObject([{ producerId: "voice-2" }]);
  });

  test("closes with the room", async () => {
    await at.join("Ann");
    at.room.close("test");
    expect(at.media.calls).toEqual(["openAgent", "closeAgent"]);
  });
});

describe("who is misheard", () => {
  test("is published, and known to who joins later", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    expect(at.room.snapshot().misheardMembers).toEqual([]);
    at.say({ type: "misheard-members", memberIds: [memberId] });
    expect(at.lastBody()).toEqual({ type: "misheard-members", memberIds: [memberId] });
    expect(at.room.snapshot().misheardMembers).toEqual([memberId]);
  });

  test("is forgotten with the session that noticed it", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.say({ type: "misheard-members", memberIds: [memberId] });
    at.lose();
    at.connect();
    expect(at.bodies).toContainEqual({ type: "misheard-members", memberIds: [] });
    expect(at.room.snapshot().misheardMembers).toEqual([]);
  });
});

describe("a problem of the chat model", () => {
  test("is an event and in the snapshot, until answers come again", async () => {
    await at.join("Ann");
    at.connect();
    at.say({ type: "agent-problem", problem: "unauthorised" });
    expect(at.lastBody()).toEqual({ type: "agent-problem", problem: "unauthorised" });
    expect(at.room.snapshot().agentProblem).toBe("unauthorised");
    at.say({ type: "agent-problem", problem: null });
    expect(at.room.snapshot().agentProblem).toBeNull();
  });

  test("is forgotten with its session", async () => {
    await at.join("Ann");
    at.connect();
    at.say({ type: "agent-problem", problem: "not-there" });
    at.lose();
    at.connect();
    expect(at.room.snapshot().agentProblem).toBeNull();
  });
});

describe("a transcript", () => {
  test("becomes an entry of its speaker, revised and then final", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    at.say({ type: "transcript-partial", ...turn, revision: 0, text: "hel" });
    expect(at.texts()).toEqual([["Ann", "turn", "hel", false]]);
    at.say({ type: "transcript-final", ...turn, revision: 1, text: "hello" });
    at.say({ type: "transcript-partial", ...turn, revision: 2, text: "too late" });
    expect(at.texts()).toEqual([["Ann", "turn", "hello", true]]);
  });

  test("that was final too soon becomes final again, longer", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    at.say({ type: "transcript-final", ...turn, revision: 1, text: "hello" });
    at.say({ type: "transcript-final", ...turn, revision: 2, text: "hello there" });
    at.say({ type: "transcript-final", ...turn, revision: 1, text: "late" });
    expect(at.texts()).toEqual([["Ann", "turn", "hello there", true]]);
  });

  test("that holds no words is retracted", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    at.say({ type: "transcript-partial", ...turn, revision: 0, text: "hm" });
    at.say({ type: "transcript-retract", turnId });
    expect(at.lastBody()).toEqual({ type: "transcript-retract", entryId: turnId });
    expect(at.texts()).toEqual([]);
  });

  test("of a member who has just left keeps the name", async () => {
    const memberId = await at.join("Ann");
    await at.join("Bob");
    at.connect();
    at.room.leave(memberId);
    const text = "goodbye";
    at.say({ type: "transcript-final", turnId, memberId, revision: 0, text, startedAtMs: 1 });
    expect(at.texts()).toEqual([["Ann", "turn", "goodbye", true]]);
  });
});

describe("a reply", () => {
  beforeEach(async () => {
    await at.join("Ann");
    at.connect();
    at.say({ type: "reply-start", replyId, turnId });
  });

  test("grows as it is spoken, then becomes final", () => {
    expect(at.room.snapshot().replyId).toBe(replyId);
    at.say({ type: "reply-spoken", replyId, revision: 1, text: "Good" });
    expect(at.texts()).toEqual([["Robin", "reply", "Good", false]]);
    at.say({ type: "reply-end", replyId, text: "Good day.", isInterrupted: false });
    expect(at.texts()).toEqual([["Robin", "reply", "Good day.", true]]);
    expect(at.lastBody()).toEqual({ type: "reply-end", replyId, isInterrupted: false });
    expect(at.room.snapshot().replyId).toBeNull();
  });

  test("that is cancelled is flushed in browsers at once and keeps what was heard", () => {
    at.say({ type: "reply-spoken", replyId, revision: 1, text: "Good" });
    at.say({ type: "reply-cancel", replyId });
    expect(at.lastBody()).toEqual({ type: "reply-flush", replyId });
    at.say({ type: "reply-end", replyId, text: "Good", isInterrupted: true });
    expect(at.room.entries).toMatchObject([{ text: "Good", isFinal: true, isInterrupted: true }]);
  });

  test("that is held is muted in browsers until it is resumed", () => {
    at.say({ type: "reply-hold", replyId });
    expect(at.lastBody()).toEqual({ type: "reply-hold", replyId });
    at.say({ type: "reply-resume", replyId });
    expect(at.lastBody()).toEqual({ type: "reply-resume", replyId });
  });

  test("of which nothing was heard leaves no entry", () => {
    at.say({ type: "reply-end", replyId, text: " ", isInterrupted: true });
    expect(at.texts()).toEqual([]);
    expect(at.lastBody()).toEqual({ type: "reply-end", replyId, isInterrupted: true });
  });

  test("is interrupted when the link is lost; the next session has it in its history", () => {
    at.say({ type: "reply-spoken", replyId, revision: 3, text: "Once upon" });
    at.lose();
    expect(at.room.entries).toMatchObject([
      { text: "Once upon", revision: 4, isFinal: true, isInterrupted: true },
    ]);
    expect(at.room.snapshot()).toMatchObject({ agentState: "away", replyId: null });
    at.connect();
    expect(at.sent("session-open")[1]).toMatchObject({
      history: [{ role: "agent", name: "Robin", text: "Once upon" }],
    });
    expect(at.room.snapshot().agentState).toBe("listening");
  });
});

describe("a use of a tool", () => {
  const useId = newId<EntryId>();
  const running = {
    title: "Calculator",
    request: "12 inch to cm",
    state: "running",
    result: "",
  } as const;
  const done = { ...running, state: "done", result: "30.48 cm" } as const;

  beforeEach(async () => {
    await at.join("Ann");
    at.connect();
    at.say({ type: "tool-use", useId, revision: 0, use: running });
  });

  test("is a line that changes until it is done, and is kept then", () => {
    expect(at.texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm) …", false]]);
    at.say({ type: "tool-use", useId, revision: 1, use: done });
    expect(at.texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm): 30.48 cm", true]]);
    expect(at.lastBody()).toMatchObject({ type: "transcript-final", entry: { tool: done } });
    at.say({ type: "tool-use", useId, revision: 2, use: running });
    expect(at.texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm): 30.48 cm", true]]);
  });

  test("is cancelled with a lost link, and told to the next session", () => {
    at.lose();
    expect(at.texts()).toEqual([
      ["Robin", "tool", "Calculator (12 inch to cm) was cancelled", true],
    ]);
    at.connect();
    expect(at.sent("session-open")[1]).toMatchObject({
      history: [{ role: "tool", text: "Calculator (12 inch to cm) was cancelled" }],
    });
  });
});

describe("typed text", () => {
  const messageId = newId<EntryId>();
  const message = { type: "message", messageId, text: "hi" } as const;

  test("is published and passed on once, however often it is sent", async () => {
    const memberId = await at.join("Ann");
    at.connect();
    at.room.receive(memberId, message);
    at.room.receive(memberId, message);
    expect(at.texts()).toEqual([["Ann", "message", "hi", true]]);
    expect(at.sent("message")).toEqual([{ type: "message", messageId, memberId, text: "hi" }]);
  });

  test("waits while the agent is away, and is not in the history as well", async () => {
    const memberId = await at.join("Ann");
    at.room.receive(memberId, message);
    expect(at.sent("message")).toEqual([]);
    at.connect();
    expect(at.sent("session-open")).toMatchObject([{ history: [] }]);
    expect(at.sent("message")).toHaveLength(1);
  });
});

test("an interruption is passed on", async () => {
  const memberId = await at.join("Ann");
  at.connect();
  at.room.receive(memberId, { type: "interrupt", replyId: null });
  expect(at.sent("interrupt")).toEqual([{ type: "interrupt", memberId, replyId: null }]);
});
