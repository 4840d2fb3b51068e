import { z } from "zod";

/** State of the agent; `away` while the inference worker cannot be reached. */
export const agentStateSchema = z.enum(["listening", "thinking", "speaking", "away"]);
export type AgentState = z.infer<typeof agentStateSchema>;
