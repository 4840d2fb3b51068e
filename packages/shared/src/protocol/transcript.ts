import { z } from "zod";
import { entryIdSchema, memberIdSchema } from "./ids";
import { toolUseSchema } from "./tool-use";
import { unixTimeSchema } from "./unix-time";

/** Kind of entry: spoken by a person, spoken by the agent, typed, or a use of a tool by the agent. */
export const entryKindSchema = z.enum(["turn", "reply", "message", "tool"]);

/**
 * One entry of the transcript. A later revision replaces the earlier one; the final revision is
 * archived.
 */
export const transcriptEntrySchema = z.object({
  entryId: entryIdSchema,
  kind: entryKindSchema,
  memberId: memberIdSchema,
  /** The speaker's name at the time. */
  name: z.string(),
  text: z.string(),
  revision: z.int().nonnegative(),
  isFinal: z.boolean(),
  /** True when the agent was interrupted; `text` is the part that was heard. */
  isInterrupted: z.boolean(),
  /** Unix time in milliseconds. */
  startedAtMs: unixTimeSchema,
  /** Of a use of a tool; `text` says the same on one line. */
  tool: toolUseSchema.optional(),
});
export type TranscriptEntry = z.infer<typeof transcriptEntrySchema>;
