import { z } from "zod";

/** Name of a set of tools: one that ships with Parley, or a server that the operator configured. */
export const toolSetNameSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/iu);

/** Set of tools that a room's agent can be given. */
export const toolSetSchema = z.object({
  name: toolSetNameSchema,
  /** Name for people, such as "Timers and reminders". */
  title: z.string().max(100),
});
export type ToolSetSummary = z.infer<typeof toolSetSchema>;

/** Limits on what the room shows of one use, in characters: an event holds 16 kB. */
export const maxToolRequest = 500;
export const maxToolResult = 1_500;

/** One use of a tool by the agent, as people see it. */
export const toolUseSchema = z.object({
  /** Name for people, such as "Calculator". */
  title: z.string().max(100),
  /** What was asked of it, on one line, such as "12 inch to cm"; may be empty. */
  request: z.string().max(maxToolRequest),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  /** What it answered, or why it failed; empty while it runs. */
  result: z.string().max(maxToolResult),
});
export type ToolUse = z.infer<typeof toolUseSchema>;
