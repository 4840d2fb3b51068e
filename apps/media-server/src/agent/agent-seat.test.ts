import type { ErrorCode } from "@parley/shared/errors";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import {
  newId,
  type EntryId,
  type MemberId,
  type ReplyId,
  type TurnId,
} from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import type { Room } from "../rooms/room";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "../testing/memory-archive";
import { ScriptedMedia } from "../testing/scripted-media";
import { AgentSeat } from "./agent-seat";

const turnId = newId<TurnId>();
const replyId = newId<ReplyId>();

let clock: FakeClock;
let media: ScriptedMedia;
let room: Room;
let seat: AgentSeat;
let bodies: RoomEventBody[];

beforeEach(async () => {
  clock = new FakeClock();
  media = new ScriptedMedia();
  const services = { clock, archive: new MemoryArchive(), log: silentLog };
  const registry = new RoomRegistry(services, (opened) => {
    seat = new AgentSeat(opened, media, services);
  });
  room = await registry.create(roomCreateRequestSchema.parse({ agent: { name: "Robin" } }));
  bodies = [];
  room.subscribe((signal) => signal.type === "event" && bodies.push(signal.event.body));
});

async function join(name: string): Promise<MemberId> {
  const { memberId } = room.join({ name, seatToken: null, holder: { release: () => undefined } });
  await clock.advance(0);
  return memberId;
}

function say(...notices: LinkNotice[]): void {
  for (const notice of notices) {
    seat.handle({ type: "link-notice", roomId: room.roomId, notice });
  }
}

function connect(): void {
  seat.handle({ type: "link-opened", roomId: room.roomId });
  const engines = { recognizer: "r", chatModel: "c", synthesizer: "s", isDemonstration: false };
  say({ type: "session-ready", protocol: 1, engines });
}

function lose(replayedMembers: readonly MemberId[] = [], code: ErrorCode | null = null): void {
  const error = code === null ? null : { code, message: "", isRetryable: true };
  seat.handle({ type: "link-lost", roomId: room.roomId, error, replayedMembers });
}

function sent<Type extends LinkRequest["type"]>(type: Type) {
  return media.sentToAgent.filter((request) => request.type === type);
}

const lastBody = () => bodies.at(-1);
const texts = () =>
  room.entries.map(({ name, kind, text, isFinal }) => [name, kind, text, isFinal]);

describe("the seat", () => {
  test("is taken at once, but the agent's media open with the first person", async () => {
    expect(room.snapshot().members).toMatchObject([{ name: "Robin", isAgent: true }]);
    expect(media.calls).toEqual([]);
    await join("Ann");
    await join("Bob");
    expect(media.calls).toEqual(["openAgent"]);
    expect(room.snapshot().media).toMatchObject([{ producerId: "voice-1" }]);
  });

  test("sends the members to the session, and who joins and leaves", async () => {
    const ann = await join("Ann");
    connect();
    expect(sent("session-open")).toMatchObject([
      { members: [{ memberId: ann, name: "Ann" }], agent: { name: "Robin" }, history: [] },
    ]);
    const bob = await join("Bob");
    room.leave(ann);
    expect(sent("member-joined")).toEqual([{ type: "member-joined", memberId: bob, name: "Bob" }]);
    expect(sent("member-left")).toEqual([{ type: "member-left", memberId: ann }]);
  });

  test("gets a new voice in a new media epoch", async () => {
    await join("Ann");
    media.mediaEpoch = 2;
    room.enterMediaEpoch(2);
    await clock.advance(0);
    expect(room.snapshot().media).toMatchObject([{ producerId: "voice-2" }]);
  });

  test("closes with the room", async () => {
    await join("Ann");
    room.close("test");
    expect(media.calls).toEqual(["openAgent", "closeAgent"]);
  });
});

describe("who is misheard", () => {
  test("is published, and known to who joins later", async () => {
    const memberId = await join("Ann");
    connect();
    expect(room.snapshot().misheardMembers).toEqual([]);
    say({ type: "misheard-members", memberIds: [memberId] });
    expect(lastBody()).toEqual({ type: "misheard-members", memberIds: [memberId] });
    expect(room.snapshot().misheardMembers).toEqual([memberId]);
  });

  test("is forgotten with the session that noticed it", async () => {
    const memberId = await join("Ann");
    connect();
    say({ type: "misheard-members", memberIds: [memberId] });
    lose();
    connect();
    expect(bodies).toContainEqual({ type: "misheard-members", memberIds: [] });
    expect(room.snapshot().misheardMembers).toEqual([]);
  });
});

describe("a problem of the chat model", () => {
  test("is an event and in the snapshot, until answers come again", async () => {
    await join("Ann");
    connect();
    say({ type: "agent-problem", problem: "unauthorised" });
    expect(lastBody()).toEqual({ type: "agent-problem", problem: "unauthorised" });
    expect(room.snapshot().agentProblem).toBe("unauthorised");
    say({ type: "agent-problem", problem: null });
    expect(room.snapshot().agentProblem).toBeNull();
  });

  test("is forgotten with its session", async () => {
    await join("Ann");
    connect();
    say({ type: "agent-problem", problem: "not-there" });
    lose();
    connect();
    expect(room.snapshot().agentProblem).toBeNull();
  });
});

describe("a transcript", () => {
  test("becomes an entry of its speaker, revised and then final", async () => {
    const memberId = await join("Ann");
    connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    say({ type: "transcript-partial", ...turn, revision: 0, text: "hel" });
    expect(texts()).toEqual([["Ann", "turn", "hel", false]]);
    say({ type: "transcript-final", ...turn, revision: 1, text: "hello" });
    say({ type: "transcript-partial", ...turn, revision: 2, text: "too late" });
    expect(texts()).toEqual([["Ann", "turn", "hello", true]]);
  });

  test("that was final too soon becomes final again, longer", async () => {
    const memberId = await join("Ann");
    connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    say({ type: "transcript-final", ...turn, revision: 1, text: "hello" });
    say({ type: "transcript-final", ...turn, revision: 2, text: "hello there" });
    say({ type: "transcript-final", ...turn, revision: 1, text: "late" });
    expect(texts()).toEqual([["Ann", "turn", "hello there", true]]);
  });

  test("that holds no words is retracted", async () => {
    const memberId = await join("Ann");
    connect();
    const turn = { turnId, memberId, startedAtMs: 7 };
    say({ type: "transcript-partial", ...turn, revision: 0, text: "hm" });
    say({ type: "transcript-retract", turnId });
    expect(lastBody()).toEqual({ type: "transcript-retract", entryId: turnId });
    expect(texts()).toEqual([]);
  });

  test("of a member who has just left keeps the name", async () => {
    const memberId = await join("Ann");
    await join("Bob");
    connect();
    room.leave(memberId);
    const text = "goodbye";
    say({ type: "transcript-final", turnId, memberId, revision: 0, text, startedAtMs: 1 });
    expect(texts()).toEqual([["Ann", "turn", "goodbye", true]]);
  });
});

describe("a reply", () => {
  beforeEach(async () => {
    await join("Ann");
    connect();
    say({ type: "reply-start", replyId, turnId });
  });

  test("grows as it is spoken, then becomes final", () => {
    expect(room.snapshot().replyId).toBe(replyId);
    say({ type: "reply-spoken", replyId, revision: 1, text: "Good" });
    expect(texts()).toEqual([["Robin", "reply", "Good", false]]);
    say({ type: "reply-end", replyId, text: "Good day.", isInterrupted: false });
    expect(texts()).toEqual([["Robin", "reply", "Good day.", true]]);
    expect(lastBody()).toEqual({ type: "reply-end", replyId, isInterrupted: false });
    expect(room.snapshot().replyId).toBeNull();
  });

  test("that is cancelled is flushed in browsers at once and keeps what was heard", () => {
    say({ type: "reply-spoken", replyId, revision: 1, text: "Good" });
    say({ type: "reply-cancel", replyId });
    expect(lastBody()).toEqual({ type: "reply-flush", replyId });
    say({ type: "reply-end", replyId, text: "Good", isInterrupted: true });
    expect(room.entries).toMatchObject([{ text: "Good", isFinal: true, isInterrupted: true }]);
  });

  test("of which nothing was heard leaves no entry", () => {
    say({ type: "reply-end", replyId, text: " ", isInterrupted: true });
    expect(texts()).toEqual([]);
    expect(lastBody()).toEqual({ type: "reply-end", replyId, isInterrupted: true });
  });

  test("is interrupted when the link is lost; the next session has it in its history", () => {
    say({ type: "reply-spoken", replyId, revision: 3, text: "Once upon" });
    lose();
    expect(room.entries).toMatchObject([
      { text: "Once upon", revision: 4, isFinal: true, isInterrupted: true },
    ]);
    expect(room.snapshot()).toMatchObject({ agentState: "away", replyId: null });
    connect();
    expect(sent("session-open")[1]).toMatchObject({
      history: [{ role: "agent", name: "Robin", text: "Once upon" }],
    });
    expect(room.snapshot().agentState).toBe("listening");
  });
});

describe("a turn in hand when the link is lost", () => {
  const partial = { type: "transcript-partial", turnId, revision: 0, text: "what time" } as const;

  test("ends with the words it has, where nobody will hear it again", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...partial, memberId, startedAtMs: 7 });
    lose();
    expect(texts()).toEqual([["Ann", "turn", "what time", true]]);
  });

  test("gives way to the next session's, which hears it from its beginning", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...partial, memberId, startedAtMs: 7 });
    lose([memberId]);
    expect(texts()).toEqual([["Ann", "turn", "what time", false]]);
    connect();
    expect(texts()).toEqual([]);
    expect(sent("session-open")[1]).toMatchObject({ history: [] });
    const again = { turnId: newId<TurnId>(), memberId, startedAtMs: 7 };
    say({ type: "transcript-final", ...again, revision: 1, text: "what time is it" });
    expect(texts()).toEqual([["Ann", "turn", "what time is it", true]]);
  });

  test("waits for a worker that takes the room, over others that do not", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...partial, memberId, startedAtMs: 7 });
    lose([memberId]);
    seat.handle({ type: "link-opened", roomId: room.roomId });
    lose([], "at-capacity");
    expect(texts()).toEqual([["Ann", "turn", "what time", false]]);
    connect();
    expect(texts()).toEqual([]);
  });

  test("ends with the words it has when no session comes", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...partial, memberId, startedAtMs: 7 });
    lose([memberId]);
    await clock.advance(12_000);
    expect(texts()).toEqual([["Ann", "turn", "what time", true]]);
  });
});

describe("a question without an answer when the link is lost", () => {
  const final = { type: "transcript-final", turnId, revision: 1, text: "what time is it" } as const;

  test("is asked again of the next session, and is not in its history as well", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    lose();
    connect();
    expect(sent("session-open")[1]).toMatchObject({ history: [] });
    expect(sent("message")).toEqual([
      { type: "message", messageId: turnId, memberId, text: "what time is it" },
    ]);
    expect(texts()).toEqual([["Ann", "turn", "what time is it", true]]);
  });

  test("is asked again when nothing of the reply was heard", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...final, memberId, startedAtMs: 7 }, { type: "reply-start", replyId, turnId });
    lose();
    connect();
    expect(sent("message")).toHaveLength(1);
  });

  test("is not asked again once a part of the reply was heard, which is marked as cut off", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    say({ type: "reply-start", replyId, turnId });
    say({ type: "reply-spoken", replyId, revision: 1, text: "It is" });
    lose();
    connect();
    expect(sent("message")).toEqual([]);
    expect(room.entries.at(-1)).toMatchObject({ text: "It is", isInterrupted: true });
  });

  test("is nobody's when the agent was listening", async () => {
    const memberId = await join("Ann");
    connect();
    say({ ...final, memberId, startedAtMs: 7 }, { type: "agent-state", state: "thinking" });
    say({ type: "agent-state", state: "listening" });
    lose();
    connect();
    expect(sent("message")).toEqual([]);
  });
});

describe("workers without room", () => {
  test("are told of once none took the room for a second, until one does", async () => {
    await join("Ann");
    seat.handle({ type: "link-opened", roomId: room.roomId });
    lose([], "at-capacity");
    seat.handle({ type: "link-opened", roomId: room.roomId });
    lose([], "at-capacity");
    expect(room.snapshot().agentProblem).toBeNull();
    await clock.advance(1_000);
    expect(room.snapshot().agentProblem).toBe("no-place");
    connect();
    expect(room.snapshot().agentProblem).toBeNull();
  });

  test("are no matter when the next one takes the room", async () => {
    await join("Ann");
    lose([], "at-capacity");
    connect();
    await clock.advance(2_000);
    expect(bodies.some(({ type }) => type === "agent-problem")).toBe(false);
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
    await join("Ann");
    connect();
    say({ type: "tool-use", useId, revision: 0, use: running });
  });

  test("is a line that changes until it is done, and is kept then", () => {
    expect(texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm) …", false]]);
    say({ type: "tool-use", useId, revision: 1, use: done });
    expect(texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm): 30.48 cm", true]]);
    expect(lastBody()).toMatchObject({ type: "transcript-final", entry: { tool: done } });
    say({ type: "tool-use", useId, revision: 2, use: running });
    expect(texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm): 30.48 cm", true]]);
  });

  test("is cancelled with a lost link, and told to the next session", () => {
    lose();
    expect(texts()).toEqual([["Robin", "tool", "Calculator (12 inch to cm) was cancelled", true]]);
    connect();
    expect(sent("session-open")[1]).toMatchObject({
      history: [{ role: "tool", text: "Calculator (12 inch to cm) was cancelled" }],
    });
  });
});

describe("typed text", () => {
  const messageId = newId<EntryId>();
  const message = { type: "message", messageId, text: "hi" } as const;

  test("is published and passed on once, however often it is sent", async () => {
    const memberId = await join("Ann");
    connect();
    room.receive(memberId, message);
    room.receive(memberId, message);
    expect(texts()).toEqual([["Ann", "message", "hi", true]]);
    expect(sent("message")).toEqual([{ type: "message", messageId, memberId, text: "hi" }]);
  });

  test("waits while the agent is away, and is not in the history as well", async () => {
    const memberId = await join("Ann");
    room.receive(memberId, message);
    expect(sent("message")).toEqual([]);
    connect();
    expect(sent("session-open")).toMatchObject([{ history: [] }]);
    expect(sent("message")).toHaveLength(1);
  });
});

test("an interruption is passed on", async () => {
  const memberId = await join("Ann");
  connect();
  room.receive(memberId, { type: "interrupt", replyId: null });
  expect(sent("interrupt")).toEqual([{ type: "interrupt", memberId, replyId: null }]);
});
