import type { Transferable } from "node:worker_threads";

/** The calls that a worker answers: one function type per name, one argument each. */
export type CallTable = Record<string, (request: never) => unknown>;

export type RequestOf<Calls extends CallTable, Name extends keyof Calls> = Parameters<
  Calls[Name]
>[0];

export type ReplyOf<Calls extends CallTable, Name extends keyof Calls> = Awaited<
  ReturnType<Calls[Name]>
>;

/** A reply whose buffers move to the caller instead of being copied. */
export class Moved<Reply> {
  constructor(
    readonly reply: Reply,
    readonly transfer: readonly Transferable[],
  ) {}
}
