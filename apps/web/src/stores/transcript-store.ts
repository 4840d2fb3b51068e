import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { inOrder, withEntry, withoutEntry } from "@parley/client/transcript/entry-list";
import { createStore } from "zustand/vanilla";
import type { ClientEvent, PendingMessage } from "@parley/client/room/client-event";

export type RoomTranscript = {
  /** Entries by the time at which speaking began. */
  entries: readonly TranscriptEntry[];
  /** Messages typed here that the room has not confirmed yet. */
  pending: readonly PendingMessage[];
};

export const emptyTranscript: RoomTranscript = { entries: [], pending: [] };

/** Transcript after an event; the same object when nothing changed. */
export function reduceTranscript(state: RoomTranscript, event: ClientEvent): RoomTranscript {
  switch (event.type) {
    case "snapshot-applied":
      return { ...state, entries: inOrder(event.snapshot.entries) };
    case "messages-pending":
      return { ...state, pending: event.messages };
    case "room-event":
      return reduceRoomEvent(state, event.body);
    case "connection-changed":
    case "roster-changed":
    case "levels-changed":
    case "microphone-changed":
    case "muted-changed":
    case "muted-speech-changed":
    case "playback-blocked-changed":
    case "problem-changed":
    case "media-routes-changed":
    case "sound-delay-measured":
      return state;
  }
}

export function createTranscriptStore() {
  return createStore<RoomTranscript>(() => emptyTranscript);
}

function reduceRoomEvent(state: RoomTranscript, body: RoomEventBody): RoomTranscript {
  switch (body.type) {
    case "transcript-partial":
    case "transcript-final":
      return { ...state, entries: withEntry(state.entries, body.entry) };
    case "transcript-retract":
      return { ...state, entries: withoutEntry(state.entries, body.entryId) };
    case "agent-state":
    case "agent-hearing":
    case "transcript-storage":
    case "misheard-members":
    case "agent-problem":
    case "turn-timings":
    case "reply-start":
    case "reply-flush":
    case "reply-end":
      return state;
  }
}
