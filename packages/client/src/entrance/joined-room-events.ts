import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { ProblemCode } from "../problem";
import type { ConnectionState } from "../room/client-event";

/** A line of the transcript. */
export type Line = {
  /** The same for every version of one line. */
  id: string;
  /** `turn`: spoken by a person; `reply`: by the agent; `message`: typed; `tool`: used by the agent. */
  kind: TranscriptEntry["kind"];
  /** Who said it, by the name of the time. */
  name: string;
  text: string;
  /** False while words are still being recognised or spoken. */
  isFinal: boolean;
  /** True when the agent was interrupted; `text` is the part that was heard. */
  isInterrupted: boolean;
  isAgent: boolean;
  /** True for what was said or typed here. */
  isOwn: boolean;
  /** Unix time in milliseconds. */
  startedAtMs: number;
};

/** Someone in the room; the agent is one. */
export type Person = {
  id: string;
  name: string;
  isAgent: boolean;
  isOwn: boolean;
  isMuted: boolean;
  /** False while the place of somebody who lost the connection is held. */
  isConnected: boolean;
};

/** Loudness, 0 to 1; about ten times a second. */
export type Level = {
  /** Of the own microphone; 0 while muted. */
  own: number;
  /** Of the agent as it is heard here. */
  agent: number;
  /** Of everybody else, by the id of a {@link Person}. */
  others: ReadonlyMap<string, number>;
};

/** How things stand at this end. */
export type State = {
  connection: ConnectionState;
  /** What is wrong; null while nothing is. */
  problem: ProblemCode | null;
  /** `unavailable`: one can listen and type, and `microphoneProblem` says why. */
  microphone: "opening" | "open" | "unavailable";
  microphoneProblem: ProblemCode | null;
  isMuted: boolean;
  /** True while the browser plays no sound before a click: call `unlockSound` from one. */
  isSoundBlocked: boolean;
};

/** Events of a joined room by their names. */
export type JoinedRoomEvents = {
  /** A line that is new, or a newer version of one. */
  line: Line;
  /** A line that turned out to be nothing, such as a cough. */
  "line-removed": { id: string };
  /** What the agent does. */
  agent: AgentState;
  /** Everybody in the room, after any change. */
  people: readonly Person[];
  level: Level;
  state: State;
};
