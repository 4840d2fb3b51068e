import { expect, it } from "vitest";
import { FakeRoomClient } from "@parley/client/testing/fake-room-client";
import {
  adaId,
  benId,
  sampleEntry,
  sampleMember,
  sampleRoomEvents,
  sampleSnapshot,
  sampleTimings,
} from "@parley/client/testing/room-samples";
import { createRoomSession } from "./room-session";

it("updates stores from client events", () => {
  const client = new FakeRoomClient();
  const { room, transcript } = createRoomSession(client);
  client.emit(
    { type: "snapshot-applied", memberId: adaId, snapshot: sampleSnapshot() },
    { type: "connection-changed", connection: "connected" },
    { type: "room-event", body: { type: "agent-state", state: "thinking" } },
    { type: "room-event", body: { type: "turn-timings", timings: sampleTimings() } },
    { type: "connection-changed", connection: "reconnecting" },
    { type: "roster-changed", members: [sampleMember(adaId), sampleMember(benId)] },
    { type: "messages-pending", messages: [{ messageId: "m", text: "hello" }] },
  );
  expect(room.getState()).toMatchObject({
    connection: "reconnecting",
    hasJoined: true,
    memberId: adaId,
    agentState: "thinking",
    timings: sampleTimings(),
    members: [{ name: "Ada" }, { name: "Ben" }],
  });
  expect(transcript.getState().pending).toEqual([{ messageId: "m", text: "hello" }]);
});

/** Store that each event changes; a new type of event needs its line here. */
const changes: Record<keyof typeof sampleRoomEvents, "room" | "transcript" | "nothing"> = {
  "transcript-partial": "transcript",
  "transcript-final": "transcript",
  "transcript-retract": "transcript",
  "agent-state": "room",
  "agent-hearing": "room",
  "transcript-storage": "room",
  "misheard-members": "room",
  "agent-problem": "room",
  "reply-start": "nothing",
  "reply-flush": "nothing",
  "reply-hold": "nothing",
  "reply-resume": "nothing",
  "reply-end": "nothing",
  "turn-timings": "room",
};

it.each(Object.values(sampleRoomEvents))("applies $type to the right store", (body) => {
  const client = new FakeRoomClient();
  const { room, transcript } = createRoomSession(client);
  const entries = [sampleEntry("c")];
  client.emit({
    type: "snapshot-applied",
    memberId: adaId,
    snapshot: sampleSnapshot({ entries }),
  });
  const before = { room: room.getState(), transcript: transcript.getState() };
  client.emit({ type: "room-event", body });
  const hasChanged = {
    room: JSON.stringify(room.getState()) !== JSON.stringify(before.room),
    transcript: transcript.getState() !== before.transcript,
  };
  expect(hasChanged).toEqual({
    room: changes[body.type] === "room",
    transcript: changes[body.type] === "transcript",
  });
});
