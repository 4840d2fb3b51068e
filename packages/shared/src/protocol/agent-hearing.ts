import { z } from "zod";

/** The agent's recogniser, as far as members see it. */
export const agentHearingSchema = z.object({
  /** Display name, such as "built-in recogniser". */
  recognizer: z.string(),
  /** True for the small recogniser that ships with Parley: members see a notice about it. */
  isDemonstration: z.boolean(),
});
export type AgentHearing = z.infer<typeof agentHearingSchema>;
