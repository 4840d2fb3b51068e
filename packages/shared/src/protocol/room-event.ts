/**
 * Room events: what a room tells its members, and what they tell it, over data channels.
 *
 * 1. One ordered, reliable channel each way. The server's is labelled `room-events`, the member's
 *    `member-events`.
 * 2. Every server event carries the room's sequence number, rising by one. A member drops numbers
 *    it has seen, and asks for a snapshot (over signalling) when one is missing: a "reliable"
 *    channel loses messages once its send buffer is full.
 * 3. A message is UTF-8 JSON under 16 kB. Unknown types are ignored, so that either side may be
 *    the newer one.
 */
import { z } from "zod";
import { agentHearingSchema } from "./agent-hearing";
import { agentStateSchema } from "./agent-state";
import { entryIdSchema, replyIdSchema, turnIdSchema } from "./ids";
import { transcriptEntrySchema } from "./transcript";
import { turnTimingsSchema } from "./turn-timings";

export const roomEventsLabel = "room-events";
export const memberEventsLabel = "member-events";
export const maxRoomEventBytes = 16_000;
export const maxMessageCharacters = 4_000;

export const roomEventBodySchema = z.discriminatedUnion("type", [
  /** Replaces any earlier revision of the entry. */
  z.object({ type: z.literal("transcript-partial"), entry: transcriptEntrySchema }),
  z.object({ type: z.literal("transcript-final"), entry: transcriptEntrySchema }),
  /** The entry turned out to hold no words. */
  z.object({ type: z.literal("transcript-retract"), entryId: entryIdSchema }),
  z.object({ type: z.literal("agent-state"), state: agentStateSchema }),
  z.object({ type: z.literal("agent-hearing"), hearing: agentHearingSchema }),
  /** The reply is about to be heard: unmute the agent. */
  z.object({
    type: z.literal("reply-start"),
    replyId: replyIdSchema,
    turnId: turnIdSchema.nullable(),
  }),
  /** The reply was cut: silence the agent at once, until the next `reply-start`. */
  z.object({ type: z.literal("reply-flush"), replyId: replyIdSchema }),
  z.object({
    type: z.literal("reply-end"),
    replyId: replyIdSchema,
    isInterrupted: z.boolean(),
  }),
  z.object({ type: z.literal("turn-timings"), timings: turnTimingsSchema }),
]);
export type RoomEventBody = z.infer<typeof roomEventBodySchema>;

export const roomEventSchema = z.object({
  sequence: z.int().positive(),
  body: roomEventBodySchema,
});
export type RoomEvent = z.infer<typeof roomEventSchema>;

export const memberEventSchema = z.discriminatedUnion("type", [
  /** Typed text. The member chooses the id, so that a resent message is not said twice. */
  z.object({
    type: z.literal("message"),
    messageId: entryIdSchema,
    text: z.string().trim().min(1).max(maxMessageCharacters),
  }),
  /** Stop the agent's reply; null means whichever is being spoken. */
  z.object({ type: z.literal("interrupt"), replyId: replyIdSchema.nullable() }),
]);
export type MemberEvent = z.infer<typeof memberEventSchema>;
