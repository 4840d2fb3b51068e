/**
 * What passes between the main thread and an engine thread.
 *
 * 1. The thread's first message is `ready` or `failed`. Calls may be sent before it.
 * 2. Every call is answered by one `result` or `error` of the same id, in any order.
 * 3. A caller that gives up simply forgets the id; what it no longer wants is not sent.
 * 4. Told to `stop`, the thread ends what runs and exits.
 * 5. A thread that dies answers nothing: its owner rejects what is pending.
 */
import type { Transferable } from "node:worker_threads";
import type { WireError } from "@parley/shared/errors";

/** Every call of a thread by name, as types of what goes and what comes back. */
export type ThreadCalls = Record<string, { request: unknown; reply: unknown }>;

export type ThreadCall = { type: "call"; id: number; name: string; request: unknown };
export type ThreadRequest = ThreadCall | { type: "stop" };

/** `detail` is for logs only: what the thread's own error said. */
export type ThreadFailure = { error: WireError; detail: string };

export type ThreadMessage =
  | { type: "ready" }
  | ({ type: "failed" } & ThreadFailure)
  | { type: "result"; id: number; reply: unknown }
  | ({ type: "error"; id: number } & ThreadFailure);

/** A reply whose buffers move to the main thread instead of being copied. */
export class Moved<Reply> {
  constructor(
    readonly reply: Reply,
    readonly transfer: readonly Transferable[],
  ) {}
}
