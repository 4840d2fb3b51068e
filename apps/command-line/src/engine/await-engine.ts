import type { CommandContext } from "../command-context";
import { UsageError } from "../failures";
import type { EngineOptions } from "../options/engine-options";
import { waitForService } from "./wait-for-service";

/**
 * Waits for the remote engine where `--wait` asks for it.
 *
 * @throws UsageError without a remote engine; AppError `agent-unavailable` when it never gets ready
 */
export async function awaitEngine(
  { url, wait }: Pick<EngineOptions, "url" | "wait">,
  { clock, errors }: Pick<CommandContext, "clock" | "errors">,
  signal: AbortSignal,
): Promise<void> {
  if (wait !== true) return;
  if (url === undefined) throw new UsageError("--wait needs a remote engine, --url");
  await waitForService(url, {
    clock,
    signal,
    onWait: () => {
      errors.write(`parley: waiting for ${url.href}\n`);
    },
  });
}
