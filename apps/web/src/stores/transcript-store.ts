import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { TranscriptPage } from "@parley/shared/protocol/rooms-api";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { inOrder, withEntry, withoutEntry } from "@parley/client/transcript/entry-list";
import { createStore } from "zustand/vanilla";
import type { ClientEvent, PendingMessage } from "@parley/client/room/client-event";

export type RoomTranscript = {
  /** Entries by the time at which speaking began. */
  entries: readonly TranscriptEntry[];
  /** Messages typed here that the room has not confirmed yet. */
  pending: readonly PendingMessage[];
  /** The room has entries before the first one here. */
  hasEarlier: boolean;
};

export const emptyTranscript: RoomTranscript = { entries: [], pending: [], hasEarlier: false };

/** Transcript after an event; the same object when nothing changed. */
export function reduceTranscript(state: RoomTranscript, event: ClientEvent): RoomTranscript {
  switch (event.type) {
    case "snapshot-applied":
      return { ...state, ...withSnapshot(state, event.snapshot) };
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

/** Transcript with a page of earlier entries, which ended before its first one. */
export function withEarlierPage(
  state: RoomTranscript,
  page: Pick<TranscriptPage, "entries" | "hasEarlierEntries">,
): RoomTranscript {
  const known = new Set(state.entries.map(({ entryId }) => entryId));
  const earlier = page.entries.filter(({ entryId }) => !known.has(entryId));
  return {
    ...state,
    entries: inOrder([...earlier, ...state.entries]),
    hasEarlier: page.hasEarlierEntries,
  };
}

/** A snapshot holds the latest entries: earlier ones that are here stay, unless some are missing between. */
function withSnapshot(
  state: RoomTranscript,
  { entries, hasEarlierEntries }: RoomSnapshot,
): Pick<RoomTranscript, "entries" | "hasEarlier"> {
  const latest = inOrder(entries);
  const first = state.entries.findIndex(({ entryId }) => entryId === latest[0]?.entryId);
  const earlier = state.entries.slice(0, Math.max(0, first)).filter(({ isFinal }) => isFinal);
  if (earlier.length === 0) return { entries: latest, hasEarlier: hasEarlierEntries };
  return { entries: [...earlier, ...latest], hasEarlier: state.hasEarlier };
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
    case "reply-hold":
    case "reply-resume":
    case "reply-end":
      return state;
  }
}
