import { untilAborted } from "@parley/shared/async/until-aborted";
import type { Surroundings } from "../surroundings";

/** Asks on the error output; whatever is not a yes, or no answer at all, is a no. */
export async function confirm(question: string, surroundings: Surroundings): Promise<boolean> {
  const { input, errors, firstInterrupt } = surroundings;
  errors.write(`${question} [y/N] `);
  let answer = "";
  for await (const piece of untilAborted(input, firstInterrupt)) {
    answer += Buffer.from(piece).toString("utf8");
    if (answer.includes("\n")) break;
  }
  return /^\s*y(?:es)?\s*$/iu.test(answer);
}
