import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import type { AgentProblem } from "@parley/shared/protocol/agent-problem";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import { createStore } from "zustand/vanilla";
import type { ClientEvent, ConnectionState, MicrophoneStatus } from "../client/client-event";
import type { ProblemCode } from "../client/problem";

/** State of a room for its components, without the transcript. */
export type RoomState = {
  connection: ConnectionState;
  /** True from the first successful join on. */
  hasJoined: boolean;
  /** Own member id; null until joined. */
  memberId: MemberId | null;
  members: readonly Member[];
  agentState: AgentState;
  /** Null until the agent has joined once. */
  agentHearing: AgentHearing | null;
  agentProblem: AgentProblem | null;
  levels: ReadonlyMap<MemberId, number>;
  microphoneLevel: number;
  microphone: MicrophoneStatus;
  isMuted: boolean;
  isTalkingMuted: boolean;
  isPlaybackBlocked: boolean;
  problem: ProblemCode | null;
  /** Timings of the last turn that was answered. */
  timings: TurnTimings | null;
};

export const initialRoomState: RoomState = {
  connection: "connecting",
  hasJoined: false,
  memberId: null,
  members: [],
  agentState: "away",
  agentHearing: null,
  agentProblem: null,
  levels: new Map(),
  microphoneLevel: 0,
  microphone: { state: "opening" },
  isMuted: false,
  isTalkingMuted: false,
  isPlaybackBlocked: false,
  problem: null,
  timings: null,
};

/**
 * The part of the state that a snapshot brings to whoever joins late or comes back. The type demands
 * every field that both have, so that a new one cannot be forgotten.
 */
function fromSnapshot({
  members,
  agentState,
  agentHearing,
  agentProblem,
}: RoomSnapshot): Pick<RoomState, keyof RoomState & keyof RoomSnapshot> {
  return { members, agentState, agentHearing, agentProblem };
}

/** Changes of the state by an event. */
export function reduceRoom(event: ClientEvent): Partial<RoomState> {
  switch (event.type) {
    case "connection-changed":
      return event.connection === "connected"
        ? { connection: event.connection, hasJoined: true }
        : { connection: event.connection };
    case "snapshot-applied":
      return { memberId: event.memberId, ...fromSnapshot(event.snapshot) };
    case "roster-changed":
      return { members: event.members };
    case "levels-changed":
      return { levels: event.levels, microphoneLevel: event.microphoneLevel };
    case "microphone-changed":
      return { microphone: event.microphone };
    case "muted-changed":
      return { isMuted: event.isMuted };
    case "muted-speech-changed":
      return { isTalkingMuted: event.isSpeaking };
    case "playback-blocked-changed":
      return { isPlaybackBlocked: event.isBlocked };
    case "problem-changed":
      return { problem: event.problem };
    case "room-event":
      return reduceRoomEvent(event.body);
    case "messages-pending":
      return {};
  }
}

export function createRoomStore() {
  return createStore<RoomState>(() => initialRoomState);
}

function reduceRoomEvent(body: RoomEventBody): Partial<RoomState> {
  switch (body.type) {
    case "agent-state":
      return { agentState: body.state };
    case "agent-hearing":
      return { agentHearing: body.hearing };
    case "agent-problem":
      return { agentProblem: body.problem };
    case "turn-timings":
      return { timings: body.timings };
    // For the transcript store.
    case "transcript-partial":
    case "transcript-final":
    case "transcript-retract":
    // For playback, in the room feed.
    case "reply-start":
    case "reply-flush":
    case "reply-end":
      return {};
  }
}
