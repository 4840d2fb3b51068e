import type { HistoryLine } from "@parley/shared/protocol/agent-link";
import { newId, type EntryId, type ReplyId } from "@parley/shared/protocol/ids";
import type { ChatMessage } from "../../contracts/chat-model";
import { shortened } from "../tools/shortened";
import { withoutWaiting } from "../words/agent-phrases";
import type { ConversationEdit, GivenLine } from "./conversation-edit";
import { remembered, type HistorySettings } from "./history-limit";
import { PromptMeasure, type PromptPart } from "./prompt-measure";
import type { ReplyRequest } from "./reply-request";

/** @param id by which a line is found again; null for those of an earlier session */
type Line = { id: string | null } & (
  | { role: "user"; name: string; text: string; addressee?: Addressee }
  | { role: "system"; text: string }
  /** Tools that were used for it stay with it; a line may hold nothing but those. */
  | { role: "assistant"; text: string; uses: ToolUses; isCorrected?: true }
);

/** What tools were used, and what came of it, a line each. */
type ToolUses = ReadonlyMap<EntryId, string>;

/** Whom a member's line is said to; undefined for the agent. */
type Addressee = ChatMessage["addressee"];

/** Words of a member who may go on. */
export type TentativeLine = { name: string; text: string; addressee?: Addressee };

/** Mark behind text that was cut off, so that the chat model knows that no more was heard. */
const cutMark = "…";

/** What is remembered of a use of a tool, in characters. */
const maxUse = 600;

/** Lines said and heard in a room, as messages for the chat model. */
export class Conversation {
  /** Tells it from all others. */
  readonly id: string = globalThis.crypto.randomUUID();
  readonly #settings: HistorySettings;
  readonly #systemPrompt: (request: ReplyRequest | null) => string;
  readonly #measure = new PromptMeasure();
  readonly #unheardUses = new Map<ReplyId, ToolUses>();
  #lines: Line[];

  constructor(options: {
    history: readonly HistoryLine[];
    /** Asked anew each time: who is present changes. @param request particulars of the reply */
    systemPrompt: (request: ReplyRequest | null) => string;
    settings: HistorySettings;
  }) {
    this.#settings = options.settings;
    this.#systemPrompt = options.systemPrompt;
    // Who is present, which the prompt says, is not known yet: its tokens are limited later.
    this.#lines = remembered(options.history.map(lineOf), this.#settings, null);
  }

  /** @returns another one, for a reply that this one does not remember */
  aside(): Conversation {
    return new Conversation({
      history: [],
      systemPrompt: this.#systemPrompt,
      settings: this.#settings,
    });
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Question of the agent's that nobody has answered yet; null when there is none. */
  get openQuestion(): string | null {
    const last = this.#lines.findLast(({ text }) => text !== "");
    if (last?.role !== "assistant") return null;
    const question = /[^.!?。！？]*[?？]["'”’)\]]*$/u.exec(last.text)?.[0];
    return question?.trim() ?? null;
  }

  /** What was heard of the agent's last reply. */
  get lastReply(): string {
    return (
      this.#lines.findLast((line) => line.role === "assistant" && !isOnlyUses(line))?.text ?? ""
    );
  }

  /**
   * @param addressee whom the line is said to, if not to the agent
   * @param id by which it is found again
   */
  addMemberLine(name: string, text: string, addressee?: Addressee, id: string | null = null): void {
    this.#lines.push({ id, role: "user", name, text, addressee });
    this.#forgetOldest();
  }

  edit(edit: ConversationEdit): void {
    switch (edit.type) {
      case "line-added":
        this.#insert(edit.line, edit.afterId);
        break;
      case "line-removed":
        this.#lines = this.#lines.filter((line) => line.id !== edit.lineId);
        break;
      case "reply-corrected": {
        const line = this.#lineOf(edit.replyId);
        if (line === undefined) break;
        line.text = withCut(edit.text, edit.isInterrupted);
        line.isCorrected = true;
      }
    }
  }

  /** What was said since the agent last spoke awaits no answer of its any more. */
  setAside(): void {
    for (const line of this.#lines.toReversed()) {
      if (line.role === "assistant" && line.text !== "") return;
      if (line.role === "user") line.addressee = "others";
    }
  }

  /** Takes the member's last line back if it has this text: more of it is coming. */
  takeBackMemberLine(name: string, text: string): void {
    const at = this.#lines.findLastIndex((line) => line.role === "user" && line.name === name);
    if (this.#lines[at]?.text === text) this.#lines.splice(at, 1);
  }

  /** A reply begins to be heard: its place in the conversation is here. */
  startReply(replyId: ReplyId): void {
    const uses = this.#unheardUses.get(replyId) ?? new Map<EntryId, string>();
    this.#unheardUses.delete(replyId);
    this.#lines.push({ id: replyId, role: "assistant", text: "", uses });
    // Not sooner: what was asked ahead is compared with what is asked in the end.
    this.#measure.adopt();
    this.#forgetOldest();
  }

  /** The chat model's server counted what it was asked with: limits by tokens keep to that. */
  promptCounted(messages: readonly ChatMessage[], tokens: number): void {
    const parts = messages.map(({ content: text, name = "" }) => ({ text, name }));
    this.#measure.tell(parts, tokens);
  }

  /**
   * The reply uses a tool.
   *
   * @param text what was used, and what came of it so far; replaces what was noted before
   * @param isNew false for the outcome, which is for nobody when the reply was thrown away
   */
  noteToolUse(replyId: ReplyId, useId: EntryId, text: string, isNew: boolean): void {
    const line = this.#lineOf(replyId);
    const known = line?.uses ?? this.#unheardUses.get(replyId);
    if (known === undefined && !isNew) return;
    const uses = new Map([...(known ?? []), [useId, shortened(text, maxUse)]]);
    if (line === undefined) this.#unheardUses.set(replyId, uses);
    else line.uses = uses;
  }

  /** The reply is over. @param isKept what it used is remembered though nothing of it was heard */
  settleToolUses(replyId: ReplyId, isKept: boolean): void {
    const uses = this.#unheardUses.get(replyId);
    this.#unheardUses.delete(replyId);
    if (uses === undefined || !isKept) return;
    this.#lines.push({ id: replyId, role: "assistant", text: "", uses });
    this.#forgetOldest();
  }

  /** @param text what was heard of the reply so far; replaces what was heard before */
  hearReply(replyId: ReplyId, text: string): void {
    const line = this.#lineOf(replyId);
    if (line !== undefined && line.isCorrected !== true) line.text = withoutWaiting(text);
  }

  /** @param text what was heard of the reply in all */
  endReply(replyId: ReplyId, text: string, isInterrupted: boolean): void {
    this.hearReply(replyId, withCut(text, isInterrupted));
  }

  /**
   * @param tentative lines that members may not have finished
   * @param request may have other instructions than the agent's, and other messages than these
   */
  messages(
    tentative: readonly TentativeLine[] = [],
    request: ReplyRequest | null = null,
  ): ChatMessage[] {
    const content = this.#systemPrompt(request);
    const system: ChatMessage = { role: "system", content };
    if (request?.messages !== undefined) return [system, ...request.messages];
    const open = tentative.map((line) => ({ id: null, role: "user" as const, ...line }));
    const lines = this.#remembered([...this.#lines, ...open]);
    const messages: ChatMessage[] = [system];
    for (const line of lines) {
      const uses = line.role === "assistant" ? [...line.uses.values()] : [];
      for (const content of uses) messages.push({ role: "tool", content });
      if (line.text === "") continue;
      const last = messages.at(-1);
      const { name, addressee } = line.role === "user" ? line : {};
      const isSameVoice = last?.role === line.role && last.name === name;
      // Two turns in a row of one speaker are one thought with a pause in it.
      if (isSameVoice && last.addressee === addressee) last.content += ` ${line.text}`;
      else {
        const { role, text: content } = line;
        messages.push({
          role,
          ...(name === undefined ? {} : { name }),
          content,
          ...(addressee === undefined ? {} : { addressee }),
        });
      }
    }
    return messages;
  }

  /** A line after one that is not there is the last. */
  #insert({ id, role, text }: GivenLine, afterId?: string | null): void {
    const at = afterId === null ? -1 : this.#lines.findLastIndex((line) => line.id === afterId);
    const place =
      afterId === undefined || (afterId !== null && at < 0) ? this.#lines.length : at + 1;
    this.#lines.splice(place, 0, lineFrom(id, role, text));
    this.#forgetOldest();
  }

  #lineOf(replyId: ReplyId): Extract<Line, { role: "assistant" }> | undefined {
    for (const line of this.#lines) {
      if (line.role === "assistant" && line.id === replyId) return line;
    }
    return undefined;
  }

  #forgetOldest(): void {
    this.#lines = this.#remembered(this.#lines);
  }

  #remembered(lines: readonly Line[]): Line[] {
    return remembered(lines, this.#settings, (parts) => {
      const system: PromptPart = { text: this.#systemPrompt(null) };
      return this.#measure.tokensOf([system, ...parts]);
    });
  }
}

function withCut(text: string, isInterrupted: boolean): string {
  return text === "" || !isInterrupted ? text : `${text} ${cutMark}`;
}

function isOnlyUses(line: Extract<Line, { role: "assistant" }>): boolean {
  return line.text === "" && line.uses.size > 0;
}

function lineOf({ role, name, text }: HistoryLine): Line {
  switch (role) {
    case "member":
      return { id: null, role: "user", name, text };
    case "agent":
      return lineFrom(null, "assistant", text);
    case "tool":
      return lineFrom(null, "tool", text);
  }
}

function lineFrom(id: string | null, role: GivenLine["role"], text: string): Line {
  switch (role) {
    case "user":
      return { id, role, name: "", text };
    case "system":
      return { id, role, text };
    case "assistant":
      return { id, role, text: withoutWaiting(text), uses: new Map() };
    case "tool": {
      const uses = new Map([[newId<EntryId>(), shortened(text, maxUse)]]);
      return { id, role: "assistant", text: "", uses };
    }
  }
}
