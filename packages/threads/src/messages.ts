/**
 * The messages between an owner and the thread or child process that it calls.
 *
 * 1. The worker's first message is `ready` or `failed`. Calls may be sent before it.
 * 2. Every call is answered by one `result` or `error` of the same id, in any order.
 * 3. A caller that gives up simply forgets the id; the worker still answers.
 * 4. An `event` is sent by the worker of its own accord, at any time after its start began.
 * 5. Told to `stop`, the worker ends its running calls and exits.
 * 6. A dead worker answers nothing: its owner rejects the pending calls.
 */
import type { WireError } from "@parley/shared/errors";

export type CallMessage = { type: "call"; id: number; name: string; request: unknown };

/** Owner to worker. */
export type OwnerMessage = CallMessage | { type: "stop" };

/** `detail` is for logs only: the text of the worker's own error. */
export type Failure = { error: WireError; detail: string };

/** Worker to owner. */
export type WorkerMessage =
  | { type: "ready" }
  | ({ type: "failed" } & Failure)
  | { type: "result"; id: number; reply: unknown }
  | ({ type: "error"; id: number } & Failure)
  | { type: "event"; event: unknown };
