import { z } from "zod";

/** What the agent is doing; `away` while the inference worker cannot be reached. */
export const agentStateSchema = z.enum(["listening", "thinking", "speaking", "away"]);
export type AgentState = z.infer<typeof agentStateSchema>;
