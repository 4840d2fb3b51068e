import { z } from "zod";
import { entryIdSchema, memberIdSchema } from "./ids";

/** Spoken by a person, spoken by the agent, or typed. */
export const entryKindSchema = z.enum(["turn", "reply", "message"]);

/**
 * One line of the transcript. A later revision of the same entry replaces the earlier one; the
 * final revision is settled and kept.
 */
export const transcriptEntrySchema = z.object({
  entryId: entryIdSchema,
  kind: entryKindSchema,
  memberId: memberIdSchema,
  /** The speaker's name when it was said. */
  name: z.string(),
  text: z.string(),
  revision: z.int().nonnegative(),
  isFinal: z.boolean(),
  /** The agent was cut off; `text` is what was heard. */
  isInterrupted: z.boolean(),
  /** Unix time in milliseconds. */
  startedAtMs: z.number(),
});
export type TranscriptEntry = z.infer<typeof transcriptEntrySchema>;
