import { z } from "zod";

/** How well the agent can be expected to hear; all that members are told of what it runs on. */
export const agentHearingSchema = z.object({
  /** The recogniser's name for people: "built-in recogniser". */
  recognizer: z.string(),
  /** It is the small one that comes with Parley: people should be told. */
  isDemonstration: z.boolean(),
});
export type AgentHearing = z.infer<typeof agentHearingSchema>;
