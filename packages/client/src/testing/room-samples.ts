import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import type { EntryId, MemberId, ReplyId, RoomId, TurnId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { ToolUse } from "@parley/shared/protocol/tool-use";
import { toolLine } from "@parley/shared/transcript/tool-line";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";

type RoomEventOf<Type extends RoomEventBody["type"]> = Extract<RoomEventBody, { type: Type }>;

/** Readable id of valid length: `sampleId<MemberId>("ada")`. */
export function sampleId<Id extends string>(name: string): Id {
  return name.padEnd(22, "-") as Id;
}

export const sampleRoomId = sampleId<RoomId>("planning");
export const adaId = sampleId<MemberId>("ada");
export const benId = sampleId<MemberId>("ben");
export const agentId = sampleId<MemberId>("agent");

export function sampleMember(memberId: MemberId, change: Partial<Member> = {}): Member {
  const names: Record<string, string> = { [adaId]: "Ada", [benId]: "Ben", [agentId]: "Parley" };
  return {
    memberId,
    name: names[memberId] ?? "Somebody",
    isAgent: memberId === agentId,
    isMuted: false,
    isConnected: true,
    ...change,
  };
}

export function sampleEntry(name: string, change: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return {
    entryId: sampleId<EntryId>(name),
    kind: "turn",
    memberId: adaId,
    name: "Ada",
    text: "hello there",
    revision: 0,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 1_000,
    ...change,
  };
}

/** Use of a tool by the agent. */
export function sampleToolEntry(
  name: string,
  use: Partial<ToolUse> = {},
  change: Partial<TranscriptEntry> = {},
): TranscriptEntry {
  const tool: ToolUse = {
    title: "Calculator",
    request: "1.8 m to inch",
    state: "done",
    result: "70.8661417323 inch",
    ...use,
  };
  return sampleEntry(name, {
    kind: "tool",
    memberId: agentId,
    name: "Parley",
    text: toolLine(tool),
    tool,
    isFinal: tool.state !== "running",
    ...change,
  });
}

/** Hearing of an agent on a first start. */
export const sampleHearing: AgentHearing = {
  recognizer: "built-in recogniser",
  isDemonstration: true,
};

/** One event of every type that a room can send. */
export const sampleRoomEvents: { [Type in RoomEventBody["type"]]: RoomEventOf<Type> } = {
  "transcript-partial": { type: "transcript-partial", entry: sampleEntry("a", { isFinal: false }) },
  "transcript-final": { type: "transcript-final", entry: sampleEntry("b") },
  "transcript-retract": { type: "transcript-retract", entryId: sampleId<EntryId>("c") },
  "agent-state": { type: "agent-state", state: "thinking" },
  "agent-hearing": { type: "agent-hearing", hearing: sampleHearing },
  "misheard-members": { type: "misheard-members", memberIds: [adaId] },
  "agent-problem": { type: "agent-problem", problem: "not-there" },
  "reply-start": { type: "reply-start", replyId: sampleId<ReplyId>("reply"), turnId: null },
  "reply-flush": { type: "reply-flush", replyId: sampleId<ReplyId>("reply") },
  "reply-hold": { type: "reply-hold", replyId: sampleId<ReplyId>("reply") },
  "reply-resume": { type: "reply-resume", replyId: sampleId<ReplyId>("reply") },
  "reply-end": { type: "reply-end", replyId: sampleId<ReplyId>("reply"), isInterrupted: false },
  "transcript-storage": { type: "transcript-storage", storage: "waiting" },
  "turn-timings": { type: "turn-timings", timings: sampleTimings() },
};

export function sampleSnapshot(change: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    roomId: sampleRoomId,
    sequence: 0,
    members: [sampleMember(adaId), sampleMember(agentId)],
    agentState: "listening",
    agentHearing: null,
    misheardMembers: [],
    agentProblem: null,
    replyId: null,
    entries: [],
    hasEarlierEntries: false,
    transcriptStorage: "kept",
    media: [],
    ...change,
  };
}

export function sampleRoom(change: Partial<RoomDescription> = {}): RoomDescription {
  return {
    roomId: sampleRoomId,
    title: "",
    agentName: "Parley",
    createdAtMs: 0,
    memberCount: 0,
    ...change,
  };
}

export function sampleTimings(change: Partial<TurnTimings> = {}): TurnTimings {
  return {
    turnId: sampleId<TurnId>("turn"),
    replyId: sampleId<ReplyId>("reply"),
    memberId: adaId,
    speechEndedAtMs: 10_000,
    vadStoppedAtMs: 10_120,
    transcriptFinalAtMs: 10_150,
    turnDecidedAtMs: 10_190,
    chatFirstTextAtMs: 10_230,
    firstClauseAtMs: 10_260,
    firstAudioAtMs: 10_345,
    playoutStartedAtMs: 10_372,
    ...change,
  };
}
