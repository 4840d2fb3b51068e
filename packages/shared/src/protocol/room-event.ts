/**
 * Room events from the server to members, and member events back, over data channels.
 *
 * 1. One ordered, reliable channel each way. The server's is labelled `room-events`, the member's
 *    `member-events`.
 * 2. Every server event carries the room's sequence number, rising by one. A member drops numbers
 *    it has seen, and requests a snapshot (over signalling) when one is missing: a "reliable"
 *    channel loses messages once its send buffer is full.
 * 3. A message is UTF-8 JSON under 16 kB. Unknown types are ignored, so that either side may be
 *    the newer version.
 */
import { z } from "zod";
import { agentHearingSchema } from "./agent-hearing";
import { agentProblemSchema } from "./agent-problem";
import { agentStateSchema } from "./agent-state";
import { entryIdSchema, memberIdSchema, replyIdSchema, turnIdSchema } from "./ids";
import { plainText } from "./plain-text";
import { transcriptEntrySchema } from "./transcript";
import { transcriptStorageSchema } from "./transcript-storage";
import { turnTimingsSchema } from "./turn-timings";

export const roomEventsLabel = "room-events";
export const memberEventsLabel = "member-events";
export const maxRoomEventBytes = 16_000;
export const maxMessageCharacters = 4_000;

export const roomEventBodySchema = z.discriminatedUnion("type", [
  /** A partial entry; replaces any earlier revision. */
  z.object({ type: z.literal("transcript-partial"), entry: transcriptEntrySchema }),
  z.object({ type: z.literal("transcript-final"), entry: transcriptEntrySchema }),
  /** Removes an entry that turned out to hold no words. */
  z.object({ type: z.literal("transcript-retract"), entryId: entryIdSchema }),
  z.object({ type: z.literal("agent-state"), state: agentStateSchema }),
  z.object({ type: z.literal("agent-hearing"), hearing: agentHearingSchema }),
  /** Members whose last turns were probably misheard, all of them; replaces the last such event. */
  z.object({ type: z.literal("misheard-members"), memberIds: z.array(memberIdSchema) }),
  /** What keeps the agent from answering; null once answers come again. */
  z.object({ type: z.literal("agent-problem"), problem: agentProblemSchema.nullable() }),
  /** Start of a reply's playout: unmute the agent. */
  z.object({
    type: z.literal("reply-start"),
    replyId: replyIdSchema,
    turnId: turnIdSchema.nullable(),
  }),
  /** Cancelled reply: mute the agent at once, until the next `reply-start`. */
  z.object({ type: z.literal("reply-flush"), replyId: replyIdSchema }),
  /** Somebody may mean to interrupt: mute the agent at once, until the reply is resumed or over. */
  z.object({ type: z.literal("reply-hold"), replyId: replyIdSchema }),
  z.object({ type: z.literal("reply-resume"), replyId: replyIdSchema }),
  z.object({
    type: z.literal("reply-end"),
    replyId: replyIdSchema,
    isInterrupted: z.boolean(),
  }),
  z.object({ type: z.literal("transcript-storage"), storage: transcriptStorageSchema }),
  z.object({ type: z.literal("turn-timings"), timings: turnTimingsSchema }),
]);
export type RoomEventBody = z.infer<typeof roomEventBodySchema>;

export const roomEventSchema = z.object({
  sequence: z.int().positive(),
  body: roomEventBodySchema,
});
export type RoomEvent = z.infer<typeof roomEventSchema>;

export const memberEventSchema = z.discriminatedUnion("type", [
  /** Typed text. The member chooses the id, so that a resent message is recognized. */
  z.object({
    type: z.literal("message"),
    messageId: entryIdSchema,
    text: z.string().max(maxMessageCharacters).transform(plainText).pipe(z.string().min(1)),
  }),
  /** Stops the agent's reply; null stands for the one being spoken. */
  z.object({ type: z.literal("interrupt"), replyId: replyIdSchema.nullable() }),
]);
export type MemberEvent = z.infer<typeof memberEventSchema>;
