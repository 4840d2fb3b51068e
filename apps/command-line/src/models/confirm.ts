import { untilAborted } from "@parley/shared/async/until-aborted";
import type { CommandContext } from "../command-context";

/** Asks on the error output; every answer but "y" or "yes" counts as no. */
export async function confirm(question: string, context: CommandContext): Promise<boolean> {
  const { input, errors, firstInterrupt } = context;
  errors.write(`${question} [y/N] `);
  let answer = "";
  for await (const piece of untilAborted(input, firstInterrupt)) {
    answer += Buffer.from(piece).toString("utf8");
    if (answer.includes("\n")) break;
  }
  return /^\s*y(?:es)?\s*$/iu.test(answer);
}
