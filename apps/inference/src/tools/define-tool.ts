import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import type { Tool, ToolContext } from "../contracts/tool";

/** Limit on a tool that only computes, ms. */
export const quickMs = 2_000;

/** A tool whose arguments are parsed by its schema before it runs. */
export function defineTool<Schema extends z.ZodType>(
  parts: Omit<Tool, "parameters" | "run"> & {
    parameters: Schema;
    run: (input: z.infer<Schema>, context: ToolContext) => Promise<string> | string;
  },
): Tool {
  const { parameters, run } = parts;
  return {
    ...parts,
    run: async (input, context) => {
      const parsed = parameters.safeParse(input);
      if (parsed.success) return await run(parsed.data, context);
      const problem = z.prettifyError(parsed.error);
      throw new AppError("invalid-request", `The arguments cannot be used. ${problem}`);
    },
  };
}
