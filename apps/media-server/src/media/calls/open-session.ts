import { AppError } from "@parley/shared/errors";
import type { WorkerChooser } from "../worker-chooser";
import { RealtimeLink, type RealtimeLinkOptions } from "./realtime-link";

/** Any voice: a session that wants one that a worker lacks gets a stand-in. */
const anyVoice = { voice: "", language: "" };

/**
 * Opens a call's session at the best worker that takes it: at another one where a worker is full, is
 * gone, or did not make the call's ephemeral key.
 *
 * @throws AppError as {@link RealtimeLink.open} does, when no worker takes it
 */
export async function openSession(
  workers: WorkerChooser,
  options: Omit<RealtimeLinkOptions, "url">,
): Promise<RealtimeLink> {
  const tried = new Set<string>();
  let failure = new AppError("operator-only", "There is no inference server.");
  for (;;) {
    const worker = workers.choose(anyVoice, (url) => tried.has(url));
    if (worker === null) throw failure;
    tried.add(worker.url);
    try {
      return await RealtimeLink.open({ ...options, url: worker.url });
    } catch (error) {
      if (!(error instanceof AppError) || !mayServeElsewhere(error)) throw error;
      // One that may pass says more than a key that is another worker's.
      if (!failure.isRetryable) failure = error;
    }
    options.signal.throwIfAborted();
  }
}

function mayServeElsewhere({ code, isRetryable }: AppError): boolean {
  return isRetryable || code === "operator-only";
}
