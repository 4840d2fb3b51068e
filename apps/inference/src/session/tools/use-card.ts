import { newId, type EntryId } from "@parley/shared/protocol/ids";
import { maxToolRequest, maxToolResult, type ToolUse } from "@parley/shared/protocol/tool-use";
import type { SessionOutput } from "../session-output";
import { shortened } from "./shortened";

/** One use of a tool, as the room shows it, once it may be known. */
export class UseCard {
  readonly useId = newId<EntryId>();
  readonly #output: SessionOutput;
  #use: ToolUse;
  #revision = 0;
  #isShown = false;

  constructor(output: SessionOutput, asked: Pick<ToolUse, "title" | "request">) {
    this.#output = output;
    const request = shortened(asked.request, maxToolRequest);
    this.#use = { title: asked.title.slice(0, 100), request, state: "running", result: "" };
  }

  /** The use as it stands. */
  get use(): ToolUse {
    return this.#use;
  }

  /** Shows it to people from now on. Idempotent. */
  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    this.#publish();
  }

  settle(state: "done" | "failed" | "cancelled", result: string): void {
    this.#use = { ...this.#use, state, result: shortened(result, maxToolResult) };
    if (this.#isShown) this.#publish();
  }

  #publish(): void {
    const { useId } = this;
    const revision = this.#revision++;
    this.#output.notice({ type: "tool-use", useId, revision, use: this.#use });
  }
}
