import { failureOfConnection, failureOfStatus, isLoading } from "./classify-failure";
import type { AnswerWatch } from "./answer-stream";
import type { ChatFailure } from "../chat-failure";

/** Limit on what is read of a server's refusal, in bytes. */
const maxRefusalBytes = 64_000;
/** A server may ask to wait longer; people do not. */
const longestRetryMs = 3_000;
const usualRetryMs = 500;
/** Between two questions to a server that is loading its model; the time limit ends them. */
const loadingRetryMs = 1_000;

/** A request as `fetch` takes it. */
export type ServerRequest = readonly [
  address: Parameters<typeof fetch>[0],
  request: RequestInit | undefined,
];

/**
 * Asks a chat server. A hiccup is asked again once, a server that loads its model until the signal is
 * aborted.
 *
 * @returns the body of its answer
 * @throws ChatFailure; the signal's reason
 */
export async function askServer(
  [address, request]: ServerRequest,
  { clock }: Pick<AnswerWatch, "clock">,
): Promise<ReadableStream<Uint8Array>> {
  const { signal } = request ?? {};
  for (let attempt = 0; ; attempt++) {
    try {
      return await answer(address, request);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = failureOfConnection(error, false);
      const waitMs = retryWaitMs(failure, attempt);
      if (waitMs === null) throw failure;
      await clock.delay(waitMs, signal ?? undefined);
    }
  }
}

function retryWaitMs(failure: ChatFailure, attempt: number): number | null {
  if (isLoading(failure)) return loadingRetryMs;
  const { status, reason, retryAfterMs } = failure;
  const isHiccup = status === null || status === 408 || status === 429 || status >= 500;
  if (attempt > 0 || !isHiccup || reason === "too-long" || reason === "unauthorised") return null;
  const waitMs = retryAfterMs ?? usualRetryMs;
  return waitMs > longestRetryMs ? null : waitMs;
}

async function answer(
  address: Parameters<typeof fetch>[0],
  request: RequestInit | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(address, request);
  if (response.ok && response.body !== null) return response.body;
  const { status, headers, body } = response;
  throw failureOfStatus(status, body === null ? "" : await beginningOf(body), headers);
}

/** The first bytes of a body, as text; a body that breaks off gives what came. */
async function beginningOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  try {
    for await (const piece of body) {
      text += decoder.decode(piece, { stream: true });
      bytes += piece.length;
      if (bytes > maxRefusalBytes) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}
