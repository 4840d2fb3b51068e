import { expect, it } from "vitest";
import { FakeRoomClient } from "../testing/fake-room-client";
import { adaId, benId, sampleMember, sampleSnapshot, sampleTimings } from "../testing/room-samples";
import { createRoomSession } from "./room-session";

it("follows a room without any screen", () => {
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
    hasEntered: true,
    memberId: adaId,
    agentState: "thinking",
    timings: sampleTimings(),
    members: [{ name: "Ada" }, { name: "Ben" }],
  });
  expect(transcript.getState().pending).toEqual([{ messageId: "m", text: "hello" }]);
});
