import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import type { AgentProblem } from "@parley/shared/protocol/agent-problem";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import { createStore } from "zustand/vanilla";
import type {
  ClientEvent,
  ConnectionState,
  MicrophoneStatus,
} from "@parley/client/room/client-event";
import type { MediaRoute } from "@parley/client/media/media-route";
import type { ProblemCode } from "@parley/client/problem";
import type { SoundDelay } from "@parley/client/media/sound-delay";

/** State of a room for its components, without the transcript. */
export type RoomState = {
  connection: ConnectionState;
  /** True from the first successful join on. */
  hasJoined: boolean;
  /** Own member id; null until joined. */
  memberId: MemberId | null;
  members: readonly Member[];
  agentState: AgentState;
  /** True once the agent has been seen here: it is away from then on, and not on its way. */
  hasAgentArrived: boolean;
  /** Null until the agent has joined once. */
  agentHearing: AgentHearing | null;
  transcriptStorage: TranscriptStorage;
  /** Members whose last turns were probably misheard. */
  misheardMembers: readonly MemberId[];
  agentProblem: AgentProblem | null;
  levels: ReadonlyMap<MemberId, number>;
  microphoneLevel: number;
  microphone: MicrophoneStatus;
  isMuted: boolean;
  isTalkingMuted: boolean;
  isPlaybackBlocked: boolean;
  problem: ProblemCode | null;
  /** Where the server takes sound; known once there is a problem with getting there. */
  mediaRoutes: readonly MediaRoute[];
  /** Timings of the last turn that was answered. */
  timings: TurnTimings | null;
  /** Delay of sound at this end, as of that turn; null while it is unknown. */
  soundDelay: SoundDelay | null;
};

export const initialRoomState: RoomState = {
  connection: "connecting",
  hasJoined: false,
  memberId: null,
  members: [],
  agentState: "away",
  hasAgentArrived: false,
  agentHearing: null,
  transcriptStorage: "kept",
  misheardMembers: [],
  agentProblem: null,
  levels: new Map(),
  microphoneLevel: 0,
  microphone: { state: "opening" },
  isMuted: false,
  isTalkingMuted: false,
  isPlaybackBlocked: false,
  problem: null,
  mediaRoutes: [],
  timings: null,
  soundDelay: null,
};

/**
 * The part of the state that a snapshot brings to whoever joins late or comes back. The type demands
 * every field that both have, so that a new one cannot be forgotten.
 */
function fromSnapshot({
  members,
  agentState,
  agentHearing,
  transcriptStorage,
  misheardMembers,
  agentProblem,
}: RoomSnapshot): Pick<RoomState, keyof RoomState & keyof RoomSnapshot> {
  return {
    members,
    agentState,
    agentHearing,
    transcriptStorage,
    misheardMembers,
    agentProblem,
  };
}

/** Changes of the state by an event. */
export function reduceRoom(event: ClientEvent): Partial<RoomState> {
  switch (event.type) {
    case "connection-changed":
      return event.connection === "connected"
        ? { connection: event.connection, hasJoined: true }
        : { connection: event.connection };
    case "snapshot-applied":
      return {
        memberId: event.memberId,
        ...fromSnapshot(event.snapshot),
        ...arrivalOf(event.snapshot.agentState),
      };
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
    case "sound-delay-measured":
      return { soundDelay: event.delay };
    case "media-routes-changed":
      return { mediaRoutes: event.routes };
    case "room-event":
      return reduceRoomEvent(event.body);
    case "messages-pending":
      return {};
  }
}

export function createRoomStore() {
  return createStore<RoomState>(() => initialRoomState);
}

function arrivalOf(agentState: AgentState): Partial<RoomState> {
  return agentState === "away" ? {} : { hasAgentArrived: true };
}

function reduceRoomEvent(body: RoomEventBody): Partial<RoomState> {
  switch (body.type) {
    case "agent-state":
      return { agentState: body.state, ...arrivalOf(body.state) };
    case "agent-hearing":
      return { agentHearing: body.hearing };
    case "transcript-storage":
      return { transcriptStorage: body.storage };
    case "misheard-members":
      return { misheardMembers: body.memberIds };
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
    case "reply-hold":
    case "reply-resume":
    case "reply-end":
      return {};
  }
}
