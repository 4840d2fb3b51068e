import type { Clock } from "@parley/shared/async/clock";
import type { ChatState } from "../contracts/chat-model";
import type { ToolOffer } from "../contracts/tool";

export type WatchedChatModel = {
  readonly state: ChatState;
  markUnreachable(): void;
  warmUp(systemPrompt: string, signal: AbortSignal, offers?: readonly ToolOffer[]): Promise<void>;
};

export type WatchChatServerOptions = {
  model: WatchedChatModel;
  /** Address up to and including `/v1`. */
  baseUrl: string;
  apiKey: string | null;
  /** With which conversations begin. */
  systemPrompt: string;
  /** The tools that they have. */
  offers?: readonly ToolOffer[];
  clock: Clock;
};

/** How often the server is asked for its models, in ms, which costs it nothing. */
const everyMs = 10_000;
const answerLimitMs = 5_000;

/**
 * Warms the server up, and looks from then on whether it is there, so that others know before somebody
 * speaks: one that comes back is warmed up again. Resolves once `signal` aborts; never rejects.
 */
export async function watchChatServer(
  options: WatchChatServerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { model, clock, systemPrompt, offers } = options;
  await model.warmUp(systemPrompt, signal, offers);
  for (;;) {
    try {
      await clock.delay(everyMs, signal);
    } catch {
      return;
    }
    const isThere = await isReachable(options, signal);
    if (!isThere) model.markUnreachable();
    else if (model.state !== "answers") await model.warmUp(systemPrompt, signal, offers);
  }
}

/** Any answer counts, an error too: servers differ in what they have at this address. */
async function isReachable(
  { baseUrl, apiKey }: WatchChatServerOptions,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/u, "")}/models`, {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]),
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
