import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { RoomRecord } from "../../contracts/room-archive";

export function sampleRecord(): RoomRecord {
  return {
    roomId: newId<RoomId>(),
    title: "Zoë’s room",
    agent: {
      name: "A",
      instructions: "",
      greeting: "",
      voice: "",
      language: "",
      patience: "normal",
      answers: "when-addressed",
      tools: null,
    },
    createdAtMs: 5,
  };
}

export function sampleEntry(text: string): TranscriptEntry {
  return {
    entryId: newId<EntryId>(),
    kind: "turn",
    memberId: newId<MemberId>(),
    name: "Ann",
    text,
    revision: 1,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 9,
  };
}
