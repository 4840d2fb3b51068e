import { z } from "zod";
import { agentHearingSchema } from "./agent-hearing";
import { agentStateSchema } from "./agent-state";
import { memberIdSchema, replyIdSchema, roomIdSchema } from "./ids";
import { transcriptEntrySchema } from "./transcript";

export const memberSchema = z.object({
  memberId: memberIdSchema,
  name: z.string(),
  isAgent: z.boolean(),
  isMuted: z.boolean(),
  /** False while a member's browser is reconnecting; the seat is held for it. */
  isConnected: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

/** An audio track that can be consumed. */
export const mediaSourceSchema = z.object({ producerId: z.string(), memberId: memberIdSchema });
export type MediaSource = z.infer<typeof mediaSourceSchema>;

/** All that a browser needs to show a room as it stands after event `sequence`. */
export const roomSnapshotSchema = z.object({
  roomId: roomIdSchema,
  sequence: z.int().nonnegative(),
  members: z.array(memberSchema),
  agentState: agentStateSchema,
  /** Null until the agent has been here. */
  agentHearing: agentHearingSchema.nullable(),
  /** The reply being spoken, if any. */
  replyId: replyIdSchema.nullable(),
  /** Oldest first; entries still being spoken included. */
  entries: z.array(transcriptEntrySchema),
  media: z.array(mediaSourceSchema),
});
export type RoomSnapshot = z.infer<typeof roomSnapshotSchema>;
