import { expect, it } from "vitest";
import { FakeRoomClient } from "../testing/fake-room-client";
import {
  adaId,
  agentId,
  benId,
  sampleEntry,
  sampleId,
  sampleMember,
  sampleSnapshot,
} from "../testing/room-samples";
import type { EntryId } from "@parley/shared/protocol/ids";
import { JoinedRoom } from "./joined-room";
import type { Line } from "./joined-room-events";

function joined() {
  const client = new FakeRoomClient();
  const room = new JoinedRoom(client);
  const lines: Line[] = [];
  room.on("line", (line) => lines.push(line));
  client.emit(
    {
      type: "snapshot-applied",
      memberId: adaId,
      snapshot: sampleSnapshot({ entries: [], agentState: "listening" }),
    },
    { type: "connection-changed", connection: "connected" },
  );
  return { client, room, lines };
}

it("tells of each version of a line once, and whose it is", () => {
  const { client, room, lines } = joined();
  const guess = sampleEntry("one", { text: "what is", revision: 1, isFinal: false });
  const whole = { ...guess, text: "What is it?", revision: 2, isFinal: true };
  const reply = sampleEntry("two", { kind: "reply", memberId: agentId, name: "Parley" });
  client.emit(
    { type: "room-event", body: { type: "transcript-partial", entry: guess } },
    { type: "room-event", body: { type: "transcript-partial", entry: guess } },
    { type: "room-event", body: { type: "transcript-final", entry: whole } },
    { type: "room-event", body: { type: "transcript-final", entry: reply } },
  );
  expect(lines.map(({ id, text, isFinal }) => [id === whole.entryId, text, isFinal])).toEqual([
    [true, "what is", false],
    [true, "What is it?", true],
    [false, reply.text, true],
  ]);
  expect(lines.map(({ isOwn, isAgent }) => ({ isOwn, isAgent })).slice(1)).toEqual([
    { isOwn: true, isAgent: false },
    { isOwn: false, isAgent: true },
  ]);
  expect(room.lines.map(({ text }) => text)).toHaveLength(2);
});

it("takes back what turned out to be nothing", () => {
  const { client, room } = joined();
  const removed: string[] = [];
  room.on("line-removed", ({ id }) => removed.push(id));
  const cough = sampleEntry("cough", { isFinal: false });
  client.emit(
    { type: "room-event", body: { type: "transcript-partial", entry: cough } },
    { type: "room-event", body: { type: "transcript-retract", entryId: cough.entryId } },
  );
  expect(removed).toEqual([cough.entryId]);
  expect(room.lines).toEqual([]);
});

it("after a lost connection tells only of what is new", () => {
  const { client, lines } = joined();
  const first = sampleEntry("first");
  const missed = sampleEntry("missed", { startedAtMs: first.startedAtMs + 1 });
  client.emit(
    { type: "room-event", body: { type: "transcript-final", entry: first } },
    { type: "connection-changed", connection: "reconnecting" },
    {
      type: "snapshot-applied",
      memberId: benId,
      snapshot: sampleSnapshot({ entries: [first, missed] }),
    },
  );
  expect(lines.map(({ id }) => id)).toEqual([first.entryId, missed.entryId]);
  // The page had another id when it said this.
  expect(lines[1]?.isOwn).toBe(true);
});

it("tells of people, of the agent and of levels", () => {
  const { client, room } = joined();
  const seen: unknown[] = [];
  room.on("people", (people) => seen.push(people.map(({ name, isOwn }) => [name, isOwn])));
  room.on("agent", (state) => seen.push(state));
  room.on("level", ({ own, agent }) => seen.push({ own, agent }));
  client.emit(
    { type: "roster-changed", members: [sampleMember(adaId), sampleMember(agentId)] },
    { type: "room-event", body: { type: "agent-state", state: "listening" } },
    { type: "room-event", body: { type: "agent-state", state: "speaking" } },
    { type: "levels-changed", levels: new Map([[agentId, 0.5]]), microphoneLevel: 0.1 },
  );
  expect(seen).toEqual([
    [
      ["Ada", true],
      ["Parley", false],
    ],
    "speaking",
    { own: 0.1, agent: 0.5 },
  ]);
  expect(room.agent).toBe("speaking");
});

it("hands commands on, and says how things stand here", async () => {
  const { client, room } = joined();
  await room.joined;
  room.mute();
  room.say("hello");
  room.mute(false);
  client.emit({
    type: "microphone-changed",
    microphone: { state: "unavailable", problem: "permission-denied" },
  });
  await room.leave();
  expect(client.calls).toEqual(["muted true", "message hello", "muted false", "leave"]);
  expect(room.state).toMatchObject({
    connection: "connected",
    isMuted: false,
    microphone: "unavailable",
    microphoneProblem: "permission-denied",
  });
});

it("says why a room could not be joined", async () => {
  const client = new FakeRoomClient();
  const room = new JoinedRoom(client);
  client.emit(
    { type: "problem-changed", problem: "room-not-found" },
    { type: "connection-changed", connection: "failed" },
  );
  await expect(room.joined).rejects.toMatchObject({ code: "room-not-found" });
});

it("ends a subscription", () => {
  const { client, room } = joined();
  let calls = 0;
  const end = room.on("line", () => calls++);
  end();
  const entry = sampleEntry("late", { entryId: sampleId<EntryId>("late") });
  client.emit({ type: "room-event", body: { type: "transcript-final", entry } });
  expect(calls).toBe(0);
});
