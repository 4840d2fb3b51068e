import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";

export type WaitForServiceOptions = {
  clock: Clock;
  signal: AbortSignal;
  /** Called once, when the service is not ready at the first try. */
  onWait: () => void;
};

/** Long enough for a model to be downloaded first. */
const longestWaitMs = 600_000;
const betweenTriesMs = 1_000;
const answerWithinMs = 5_000;

/** Failures of a service, or of its machine, that is about to start. */
const startingCodes = new Set<unknown>([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);
/** A service that loads its models, or a proxy before one that has not started. */
const startingStatuses = [502, 503, 504];

/**
 * Waits until a remote engine can be used: until `/ready` answers with another status than those of a
 * starting service. Servers without such an address are ready once they answer at all.
 *
 * @throws AppError `agent-unavailable` after ten minutes; the signal's reason
 */
export async function waitForService(url: URL, options: WaitForServiceOptions): Promise<void> {
  const { clock, signal, onWait } = options;
  const untilMs = clock.now() + longestWaitMs;
  for (let tries = 0; await isStarting(url, signal); tries++) {
    if (tries === 0) onWait();
    if (clock.now() >= untilMs) {
      const message = `${url.href}: it was not ready within ${longestWaitMs / 60_000} minutes`;
      throw new AppError("agent-unavailable", message);
    }
    await clock.delay(betweenTriesMs, signal);
  }
}

async function isStarting(url: URL, signal: AbortSignal): Promise<boolean> {
  const address = new URL("/ready", url.href.replace(/^ws/u, "http"));
  const timeout = AbortSignal.timeout(answerWithinMs);
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, timeout]) });
    await response.body?.cancel();
    return startingStatuses.includes(response.status);
  } catch (error) {
    signal.throwIfAborted();
    return timeout.aborted || startingCodes.has(causeCode(error));
  }
}

function causeCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && "code" in cause ? cause.code : null;
}
