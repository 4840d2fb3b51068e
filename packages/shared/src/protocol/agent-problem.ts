import { z } from "zod";

/** What keeps the agent from answering: how its chat model fails, or that no worker has room. */
export const agentProblems = [
  /** The server refuses the key, or the account has no credit. */
  "unauthorised",
  /** Nothing answers at the address, or it has no such model. */
  "not-there",
  /** The server has too much to do. */
  "busy",
  /** The conversation exceeds what the model takes, however much of it is left out. */
  "too-long",
  /** No answer in time. */
  "silent",
  /** The answer cannot be read, broke off, or the server reports a fault of its own. */
  "broken",
  /** Every inference worker serves as many rooms as it can; this one waits for a place. */
  "no-place",
] as const;

export const agentProblemSchema = z.enum(agentProblems);
export type AgentProblem = z.infer<typeof agentProblemSchema>;
