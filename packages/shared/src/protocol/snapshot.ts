import { z } from "zod";
import { agentHearingSchema } from "./agent-hearing";
import { agentProblemSchema } from "./agent-problem";
import { agentStateSchema } from "./agent-state";
import { memberIdSchema, replyIdSchema, roomIdSchema } from "./ids";
import { transcriptEntrySchema } from "./transcript";
import { transcriptStorageSchema } from "./transcript-storage";

export const memberSchema = z.object({
  memberId: memberIdSchema,
  name: z.string(),
  isAgent: z.boolean(),
  isMuted: z.boolean(),
  /** False while the member's seat is held for a reconnect. */
  isConnected: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

/** An audio track that can be consumed. */
export const mediaSourceSchema = z.object({ producerId: z.string(), memberId: memberIdSchema });
export type MediaSource = z.infer<typeof mediaSourceSchema>;

/** State of a room after event `sequence`, complete for a browser to show it. */
export const roomSnapshotSchema = z.object({
  roomId: roomIdSchema,
  sequence: z.int().nonnegative(),
  members: z.array(memberSchema),
  agentState: agentStateSchema,
  /** Null until the agent's first session. */
  agentHearing: agentHearingSchema.nullable(),
  /** Members whose last turns were probably misheard. */
  misheardMembers: z.array(memberIdSchema),
  /** What keeps the agent from answering; null while nothing does. */
  agentProblem: agentProblemSchema.nullable(),
  /** The reply being spoken, or null. */
  replyId: replyIdSchema.nullable(),
  /** The latest entries, oldest first; partial entries included. */
  entries: z.array(transcriptEntrySchema),
  /** Whether the transcript has entries before these; the rooms API gives them page by page. */
  hasEarlierEntries: z.boolean().default(false),
  transcriptStorage: transcriptStorageSchema,
  media: z.array(mediaSourceSchema),
});
export type RoomSnapshot = z.infer<typeof roomSnapshotSchema>;
