/**
 * The agent link: one WebSocket per room between media-server (the client) and inference, at
 * `/agent`.
 *
 * 1. The first message is `session-open`; the answer is `session-ready` or `error` and a close.
 * 2. Control messages are JSON text, audio frames are binary (see link-frame.ts). The link itself
 *    drops neither; the sender bounds the microphone audio that it keeps while the link is lost.
 * 3. A reply is identified by its id from `reply-start` to `reply-end`. `reply-cancel` is answered
 *    by `playout` with state `cancelled`; later frames of that id are dropped.
 * 4. Only the pacer knows how much was heard: it reports `playout` when a reply starts, about ten
 *    times a second while it plays, and when it ends.
 * 5. Unknown message types and fields are ignored; versions one step apart understand each other.
 *    Version 2 added `retryAfterMs` to `error`.
 */
import { z } from "zod";
import { wireErrorSchema } from "../errors";
import { agentHearingSchema } from "./agent-hearing";
import { agentProblemSchema } from "./agent-problem";
import { agentStateSchema } from "./agent-state";
import { entryIdSchema, memberIdSchema, replyIdSchema, roomIdSchema, turnIdSchema } from "./ids";
import { agentSettingsSchema } from "./rooms-api";
import { toolUseSchema } from "./tool-use";
import { turnTimingsSchema } from "./turn-timings";
import { unixTimeSchema } from "./unix-time";

/** Raised with every change that the other side must know of. */
export const agentLinkProtocol = 2;

/**
 * Whether both ends of a link understand each other: they may be one version apart, so that servers
 * can be replaced one after another.
 */
export function isNeighbouringProtocol(other: number): boolean {
  return Math.abs(other - agentLinkProtocol) <= 1;
}

export const agentLinkPath = "/agent";
/** Limit on control messages; a longer one closes the link. */
export const maxLinkMessageBytes = 1_000_000;

/** Bounds of one message, above what the media-server sends: a link may be anybody's. */
const maxLinkMembers = 32;
const maxHistoryLines = 500;
const maxLineCharacters = 20_000;

const nameSchema = z.string().max(200);
const linkMemberSchema = z.object({ memberId: memberIdSchema, name: nameSchema });

/** One earlier line of the conversation, given to a new session. */
export const historyLineSchema = z.object({
  /** A tool's line is a use of it by the agent. */
  role: z.enum(["member", "agent", "tool"]),
  name: nameSchema,
  text: z.string().max(maxLineCharacters),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;

/** media-server → inference */
export const linkRequestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("session-open"),
    protocol: z.int(),
    roomId: roomIdSchema,
    agent: agentSettingsSchema,
    members: z.array(linkMemberSchema).max(maxLinkMembers),
    history: z.array(historyLineSchema).max(maxHistoryLines),
  }),
  z.object({ type: z.literal("member-joined"), ...linkMemberSchema.shape }),
  z.object({ type: z.literal("member-left"), memberId: memberIdSchema }),
  /** Typed text, answered like a turn. */
  z.object({
    type: z.literal("message"),
    messageId: entryIdSchema,
    memberId: memberIdSchema,
    text: z.string().max(maxLineCharacters),
  }),
  z.object({
    type: z.literal("interrupt"),
    memberId: memberIdSchema,
    replyId: replyIdSchema.nullable(),
  }),
  z.object({
    type: z.literal("playout"),
    replyId: replyIdSchema,
    state: z.enum(["started", "progress", "held", "finished", "cancelled"]),
    /** Playout position: milliseconds of the reply sent so far. */
    playedMs: z.number().nonnegative(),
    /** Unix time of the report, in milliseconds. */
    atMs: unixTimeSchema,
  }),
]);
export type LinkRequest = z.infer<typeof linkRequestSchema>;
export type PlayoutReport = Extract<LinkRequest, { type: "playout" }>;

/** inference → media-server */
export const linkNoticeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("session-ready"),
    protocol: z.int(),
    /** Display names, such as "built-in recogniser", "scripted brain", "Flite slt". */
    engines: agentHearingSchema.extend({ chatModel: z.string(), synthesizer: z.string() }),
  }),
  z.object({
    type: z.literal("transcript-partial"),
    turnId: turnIdSchema,
    memberId: memberIdSchema,
    revision: z.int().nonnegative(),
    text: z.string(),
    startedAtMs: unixTimeSchema,
  }),
  z.object({
    type: z.literal("transcript-final"),
    turnId: turnIdSchema,
    memberId: memberIdSchema,
    revision: z.int().nonnegative(),
    text: z.string(),
    startedAtMs: unixTimeSchema,
  }),
  z.object({ type: z.literal("transcript-retract"), turnId: turnIdSchema }),
  z.object({ type: z.literal("agent-state"), state: agentStateSchema }),
  /** Members whose last turns were probably misheard, all of them; none when a session begins. */
  z.object({ type: z.literal("misheard-members"), memberIds: z.array(memberIdSchema) }),
  z.object({
    type: z.literal("reply-start"),
    replyId: replyIdSchema,
    turnId: turnIdSchema.nullable(),
    /** The W3C's trace context of the turn, where it is traced. */
    traceparent: z.string().max(64).optional(),
  }),
  /** Text of the reply heard so far; replaces the last one. */
  z.object({
    type: z.literal("reply-spoken"),
    replyId: replyIdSchema,
    revision: z.int().nonnegative(),
    text: z.string(),
  }),
  /** End of the reply's audio: no more frames follow. */
  z.object({
    type: z.literal("reply-audio-end"),
    replyId: replyIdSchema,
    totalMs: z.number().nonnegative(),
  }),
  /** Possible barge-in: fade out and keep the playout position. */
  z.object({ type: z.literal("reply-hold"), replyId: replyIdSchema }),
  /** Possible barge-in: go on at a quarter of the volume, until resumed or held. */
  z.object({ type: z.literal("reply-duck"), replyId: replyIdSchema }),
  /** No barge-in: go on from the playout position, at full volume. */
  z.object({ type: z.literal("reply-resume"), replyId: replyIdSchema }),
  /** Barge-in: drop the reply's frames, queued and late ones. */
  z.object({ type: z.literal("reply-cancel"), replyId: replyIdSchema }),
  /** End of the reply; `text` is the part that was heard. */
  z.object({
    type: z.literal("reply-end"),
    replyId: replyIdSchema,
    text: z.string(),
    isInterrupted: z.boolean(),
  }),
  /** A use of a tool, as it stands; replaces the last such notice of the same use. */
  z.object({
    type: z.literal("tool-use"),
    useId: entryIdSchema,
    revision: z.int().nonnegative(),
    use: toolUseSchema,
  }),
  z.object({ type: z.literal("turn-timings"), timings: turnTimingsSchema }),
  /** What keeps the agent from answering; null once answers come again. */
  z.object({ type: z.literal("agent-problem"), problem: agentProblemSchema.nullable() }),
  z.object({
    type: z.literal("error"),
    error: wireErrorSchema,
    /** Hint of a worker without room: it may have some after so long. */
    retryAfterMs: z.number().nonnegative().max(600_000).optional(),
  }),
]);
export type LinkNotice = z.infer<typeof linkNoticeSchema>;
