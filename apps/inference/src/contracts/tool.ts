import type { Clock } from "@parley/shared/async/clock";
import type { z } from "zod";

/** JSON Schema of a tool's arguments, as servers of MCP give it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Tool as a chat model is told of it. */
export type ToolOffer = {
  /** Name by which the model calls it: up to 64 letters, digits, `_` and `-`. */
  readonly name: string;
  readonly description: string;
  readonly parameters: z.ZodType | JsonSchema;
};

/** Something that the agent can do besides talking. */
export type Tool = ToolOffer & {
  /** Name for people, such as "Calculator". */
  readonly title: string;
  /**
   * A tool that only reads may run for a reply that nobody hears yet, and is stopped when the reply
   * is. One that acts waits until the reply has the floor, and is never stopped half-way.
   */
  readonly effect: "reads" | "acts";
  /** Limit on one call, ms. */
  readonly timeoutMs: number;
  /**
   * Runs the tool once.
   *
   * @returns its answer, for the chat model
   * @throws AppError whose message is for the chat model, too
   */
  run(input: unknown, context: ToolContext): Promise<string>;
};

export type ToolContext = {
  /** Aborting it stops the call. */
  readonly signal: AbortSignal;
  readonly room: ToolRoom;
};

/** What a tool may know and do in the room that it is called in. */
export type ToolRoom = {
  readonly clock: Clock;
  readonly timers: RoomTimers;
  /** @returns lines that were said or typed here and have words of the query, oldest first */
  search(query: string): readonly TranscriptLine[];
};

export type TranscriptLine = {
  readonly name: string;
  readonly text: string;
  readonly atMs: number;
};

/** Timer or reminder that the agent speaks of when it is due. */
export type RoomTimer = {
  readonly id: number;
  readonly kind: "timer" | "reminder";
  /** What it is for; may be empty for a timer. */
  readonly label: string;
  /** Unix time, ms. */
  readonly dueAtMs: number;
};

export type RoomTimers = {
  /** @throws AppError when there are too many */
  set(timer: Omit<RoomTimer, "id">): RoomTimer;
  /** Those that are not due yet, the next one first. */
  list(): readonly RoomTimer[];
  /** @returns the timer, which is never spoken of; null when there is none of this id */
  cancel(id: number): RoomTimer | null;
};

/** Tools that are chosen together. */
export type ToolSet = {
  readonly name: string;
  readonly title: string;
  /** Those that can be called at present. */
  tools(): readonly Tool[];
};

/** Call of a tool by a chat model. */
export type ToolCall = {
  readonly name: string;
  /** Arguments, as parsed; of any form where there is a `problem`. */
  readonly input: unknown;
  /** Reason why the call cannot be carried out as it is written: no such tool, bad arguments. */
  readonly problem: string | null;
};

/** Whether the model calls a tool first: as it likes, any, or this one. */
export type ToolChoice = "auto" | "required" | { readonly name: string };

/** Tools on offer for one answer. */
export type ToolBox = {
  readonly offers: readonly ToolOffer[];
  /** `auto` unless given. */
  readonly choice?: ToolChoice;
  /** A call has ended the answer: it need not say anything. */
  readonly endsAnswer?: boolean;
  /**
   * Carries out a call.
   *
   * @returns text for the chat model, also of a failure; null when the answer ends here, because the
   *   result comes later; rejects only when the answer is aborted
   */
  call(call: ToolCall): Promise<string | null>;
};

/** Tools that whoever opened the session carries out. */
export type ClientTools = {
  readonly offers: readonly ToolOffer[];
  readonly choice: ToolChoice;
};
