import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { plainText } from "@parley/shared/protocol/plain-text";
import type { Tool, ToolRoom } from "../../contracts/tool";
import { shortened } from "./shortened";
import { whenAborted } from "./when-aborted";

export type ToolOutcome = { state: "done" | "failed" | "cancelled"; text: string };

/** Limit on what a chat model reads of one result, in characters: about 2,000 tokens. */
const maxResult = 8_000;

/**
 * Runs a tool once, within its limit of time. Never rejects.
 *
 * @param options.signal aborting it stops the call
 */
export async function runTool(
  tool: Tool,
  input: unknown,
  { room, clock, signal }: { room: ToolRoom; clock: Clock; signal: AbortSignal },
): Promise<ToolOutcome> {
  const controller = childController(signal);
  const limit = { isOver: false };
  const cancelLimit = clock.schedule(tool.timeoutMs, () => {
    limit.isOver = true;
    controller.abort();
  });
  try {
    const run = async () => await tool.run(input, { signal: controller.signal, room });
    const text = plainText(await Promise.race([run(), whenAborted(controller.signal)]));
    return { state: "done", text: text === "" ? "(nothing)" : shortened(text, maxResult) };
  } catch (error) {
    if (limit.isOver) return { state: "failed", text: lateText(tool) };
    if (signal.aborted) return { state: "cancelled", text: "" };
    const text = error instanceof AppError ? error.message : "The tool is broken.";
    return { state: "failed", text: shortened(plainText(text), maxResult) };
  } finally {
    cancelLimit();
    controller.abort();
  }
}

function lateText({ effect, timeoutMs }: Tool): string {
  const took = `It took longer than ${Math.round(timeoutMs / 1_000)} s.`;
  return effect === "reads" ? took : `${took} It may have been carried out all the same.`;
}
