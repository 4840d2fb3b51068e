import type { Clock } from "@parley/shared/async/clock";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import {
  entryIdSchema,
  type EntryId,
  type MemberId,
  type ReplyId,
} from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { toolLine } from "@parley/shared/transcript/tool-line";
import type { Log } from "../contracts/log";
import type { Room } from "../rooms/room";

type OpenReply = { startedAtMs: number; revision: number; text: string };

/** A question to be asked again, in the form of a typed one. */
export type Question = Extract<LinkRequest, { type: "message" }>;

type ToolUseNotice = Extract<LinkNotice, { type: "tool-use" }>;

type TranscriptNotice = Extract<LinkNotice, { type: "transcript-partial" | "transcript-final" }>;

/** Translates inference's link notices into room events. */
export class LinkTranslator {
  readonly #room: Room;
  readonly #agentId: MemberId;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Replies that have started and not ended. */
  readonly #replies = new Map<ReplyId, OpenReply>();
  /** Turns that the next session hears again, from their beginning. */
  readonly #replayed = new Set<EntryId>();
  /** The question that the agent thinks about, or answers unheard so far. */
  #question: EntryId | null = null;

  constructor(room: Room, agentId: MemberId, services: { clock: Clock; log: Log }) {
    this.#room = room;
    this.#agentId = agentId;
    this.#clock = services.clock;
    this.#log = services.log;
  }

  translate(notice: LinkNotice): void {
    switch (notice.type) {
      case "transcript-partial":
      case "transcript-final":
        this.#publishTurn(notice);
        break;
      case "transcript-retract":
        this.#retract(notice.turnId);
        break;
      case "agent-state":
        if (notice.state === "listening") this.#question = null;
        else if (notice.state === "thinking") this.#question ??= this.#lastQuestion();
        this.#room.publish({ type: "agent-state", state: notice.state });
        break;
      case "misheard-members":
        this.#room.publish({ type: "misheard-members", memberIds: notice.memberIds });
        break;
      case "reply-start":
        if (notice.turnId !== null) this.#question = entryIdSchema.parse(notice.turnId);
        this.#replies.set(notice.replyId, {
          startedAtMs: this.#clock.now(),
          revision: 0,
          text: "",
        });
        this.#room.publish({
          type: "reply-start",
          replyId: notice.replyId,
          turnId: notice.turnId,
        });
        break;
      case "reply-spoken":
        this.#publishSpoken(notice.replyId, notice.revision, notice.text);
        break;
      case "reply-cancel":
        this.#room.publish({ type: "reply-flush", replyId: notice.replyId });
        break;
      case "reply-hold":
      case "reply-resume":
        this.#room.publish({ type: notice.type, replyId: notice.replyId });
        break;
      case "reply-end":
        this.#endReply(notice.replyId, notice.text, notice.isInterrupted);
        break;
      case "turn-timings":
        this.#room.publish({ type: "turn-timings", timings: notice.timings });
        break;
      case "tool-use":
        this.#publishToolUse(notice);
        break;
      case "agent-problem":
        this.#room.publish({ type: "agent-problem", problem: notice.problem });
        break;
      case "session-ready":
        // A new session knows of no earlier failure.
        if (this.#room.agentProblem !== null) {
          this.#room.publish({ type: "agent-problem", problem: null });
        }
        break;
      case "reply-audio-end":
      case "reply-duck":
      case "error":
        break;
      default:
        // A new notice: say here which event people get of it, if any.
        notice satisfies never;
    }
  }

  /**
   * Puts things in order after the link was lost: open replies end as interrupted, open turns end with
   * the words they have, unless they will be heard again.
   *
   * @param replayed members whose turn in hand the next session hears from its beginning
   * @returns the question that the agent was about to answer, unheard; null if there is none
   */
  endWork(replayed: readonly MemberId[]): Question | null {
    const question = this.#takeQuestion();
    for (const [replyId, reply] of [...this.#replies]) {
      this.#room.publish({ type: "reply-flush", replyId });
      this.#endReply(replyId, reply.text, true);
    }
    for (const entry of this.#room.entries) {
      if (entry.isFinal) continue;
      if (entry.tool !== undefined) this.#cancelToolUse(entry, entry.tool);
      if (entry.kind !== "turn" || this.#replayed.has(entry.entryId)) continue;
      if (replayed.includes(entry.memberId)) this.#replayed.add(entry.entryId);
      else this.#endTurn(entry);
    }
    return question;
  }

  /** Takes back the turns that the session which has begun will tell anew. */
  retractReplayed(): void {
    for (const entryId of this.#takeReplayed()) this.#retract(entryId);
  }

  /** Ends the turns that nobody will hear again with the words they have. */
  endReplayed(): void {
    for (const entryId of this.#takeReplayed()) {
      const entry = this.#room.entry(entryId);
      if (entry?.isFinal === false) this.#endTurn(entry);
    }
  }

  #lastQuestion(): EntryId | null {
    const last = this.#room.entries.at(-1);
    return last === undefined || last.kind === "reply" ? null : last.entryId;
  }

  #takeReplayed(): EntryId[] {
    const entryIds = [...this.#replayed];
    this.#replayed.clear();
    return entryIds;
  }

  /** Once a word of the answer was heard, the question counts as answered. */
  #takeQuestion(): Question | null {
    const question = this.#question === null ? undefined : this.#room.entry(this.#question);
    this.#question = null;
    const wasHeard = [...this.#replies.values()].some(({ text }) => text.trim() !== "");
    if (question === undefined || !question.isFinal || wasHeard) return null;
    const { entryId: messageId, memberId, text } = question;
    return { type: "message", messageId, memberId, text };
  }

  #endTurn(entry: TranscriptEntry): void {
    this.#room.publish({
      type: "transcript-final",
      entry: { ...entry, revision: entry.revision + 1, isFinal: true },
    });
  }

  #cancelToolUse({ entryId, revision }: TranscriptEntry, tool: ToolUseNotice["use"]): void {
    const use = { ...tool, state: "cancelled" as const };
    this.#publishToolUse({ useId: entryId, revision: revision + 1, use });
  }

  /** A use of a tool is a line of the transcript, whose place is where it began. */
  #publishToolUse({ useId, revision, use }: Omit<ToolUseNotice, "type">): void {
    const earlier = this.#room.entry(useId);
    if (earlier?.isFinal === true) return;
    const isFinal = use.state !== "running";
    this.#room.publish({
      type: isFinal ? "transcript-final" : "transcript-partial",
      entry: {
        entryId: useId,
        kind: "tool",
        memberId: this.#agentId,
        isFinal,
        revision,
        name: this.#room.record.agent.name,
        text: toolLine(use),
        isInterrupted: false,
        startedAtMs: earlier?.startedAtMs ?? this.#clock.now(),
        tool: use,
      },
    });
  }

  #publishTurn(turn: TranscriptNotice): void {
    const name = this.#room.nameOf(turn.memberId);
    if (name === undefined) {
      this.#log.warn(
        { code: "not-found", roomId: this.#room.roomId, turnId: turn.turnId },
        "a turn of an unknown member was dropped",
      );
      return;
    }
    const entryId = entryIdSchema.parse(turn.turnId);
    const earlier = this.#room.entry(entryId);
    const isFinal = turn.type === "transcript-final";
    // A turn that was closed too soon becomes final again, longer.
    const isNews = isFinal && turn.revision > (earlier?.revision ?? -1);
    if (earlier?.isFinal === true && !isNews) return;
    if (turn.text.trim() === "") {
      if (isFinal) this.#retract(turn.turnId);
      return;
    }
    this.#room.publish({
      type: turn.type,
      entry: {
        entryId,
        kind: "turn",
        memberId: turn.memberId,
        name,
        text: turn.text,
        revision: turn.revision,
        isFinal,
        isInterrupted: false,
        startedAtMs: turn.startedAtMs,
      },
    });
  }

  #publishSpoken(replyId: ReplyId, revision: number, text: string): void {
    const reply = this.#replies.get(replyId);
    if (reply === undefined || text.trim() === "") return;
    reply.revision = revision;
    reply.text = text;
    const entry = this.#replyEntry(replyId, reply, { isFinal: false, isInterrupted: false });
    this.#room.publish({ type: "transcript-partial", entry });
  }

  #endReply(replyId: ReplyId, text: string, isInterrupted: boolean): void {
    const reply = this.#replies.get(replyId);
    if (reply === undefined) return;
    this.#replies.delete(replyId);
    if (text.trim() === "") this.#retract(replyId);
    else {
      const said = { ...reply, text, revision: reply.revision + 1 };
      const entry = this.#replyEntry(replyId, said, { isFinal: true, isInterrupted });
      this.#room.publish({ type: "transcript-final", entry });
    }
    this.#room.publish({ type: "reply-end", replyId, isInterrupted });
  }

  #replyEntry(
    replyId: ReplyId,
    reply: OpenReply,
    state: { isFinal: boolean; isInterrupted: boolean },
  ): TranscriptEntry {
    return {
      entryId: entryIdSchema.parse(replyId),
      kind: "reply",
      memberId: this.#agentId,
      name: this.#room.record.agent.name,
      ...reply,
      ...state,
    };
  }

  /** Retracts the partial entry of a turn or reply that turned out to hold no words. */
  #retract(id: string): void {
    const entryId = entryIdSchema.parse(id);
    const entry = this.#room.entry(entryId);
    if (entry === undefined || entry.isFinal) return;
    this.#room.publish({ type: "transcript-retract", entryId });
  }
}
