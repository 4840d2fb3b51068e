import type { Clock } from "@parley/shared/async/clock";
import type { HistoryLine, LinkNotice } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { Tool, ToolRoom, ToolSet } from "../../contracts/tool";
import type { SessionOutput } from "../session-output";
import type { SessionSettings } from "../settings";
import { reminderPhrase } from "../words/reminder-phrases";
import { ReplyTools, type ReplyOfTools, type ToolsOfReplies } from "./reply-tools";
import type { Timers } from "./timers";
import { TranscriptMemory } from "./transcript-memory";

export type RoomToolsOptions = {
  /** Sets on offer; none where the chat model cannot use tools. */
  sets: readonly ToolSet[];
  agent: AgentSettings;
  history: readonly HistoryLine[];
  nameOf: (memberId: MemberId) => string;
  output: SessionOutput;
  clock: Clock;
  settings: SessionSettings;
  /** BCP 47, of what the agent says by itself. */
  language: () => string;
  /** Of the room; they outlive its sessions. */
  timers: Timers;
  /** Aborting it cancels calls. */
  signal: AbortSignal;
  /** Says something as soon as nobody talks. */
  say: (text: string) => void;
  /** The conversation has changed after a reply was over. */
  onLateResult: () => void;
};

/** What the agent of one room can do besides talking. */
export class RoomTools implements ToolsOfReplies {
  readonly #options: RoomToolsOptions;
  readonly #memory: TranscriptMemory;
  readonly #room: ToolRoom;

  constructor(options: RoomToolsOptions) {
    this.#options = options;
    const { clock, signal, history, say, language } = options;
    const memory = (this.#memory = new TranscriptMemory(history, clock.now()));
    const { timers } = options;
    const detach = timers.attach((timer) => {
      say(reminderPhrase(timer, language()));
    });
    signal.addEventListener("abort", detach);
    this.#room = { clock, timers, search: (query) => memory.search(query) };
  }

  get isEmpty(): boolean {
    return this.#tools.length === 0;
  }

  /** Keeps what was said, for the search. */
  hear(notice: LinkNotice): void {
    const { nameOf, agent, clock } = this.#options;
    if (notice.type === "transcript-final") {
      const { turnId, memberId, text, startedAtMs } = notice;
      this.#memory.add(turnId, { name: nameOf(memberId), text, atMs: startedAtMs });
    } else if (notice.type === "reply-end") {
      const { replyId, text } = notice;
      this.#memory.add(replyId, { name: agent.name, text, atMs: clock.now() });
    }
  }

  /** Keeps what was typed, for the search. */
  read(messageId: string, memberId: MemberId, text: string): void {
    const { nameOf, clock } = this.#options;
    this.#memory.add(messageId, { name: nameOf(memberId), text, atMs: clock.now() });
  }

  /** @returns the tools of one reply; null where there are none */
  forReply(reply: ReplyOfTools): ReplyTools | null {
    const { output, clock, settings, signal, onLateResult } = this.#options;
    const tools = this.#tools;
    if (tools.length === 0) return null;
    const room = { room: this.#room, roomSignal: signal };
    return new ReplyTools({ ...reply, ...room, tools, output, clock, settings, onLateResult });
  }

  get #tools(): Tool[] {
    const { sets, agent } = this.#options;
    const chosen = sets.filter(({ name }) => agent.tools?.includes(name) ?? true);
    return chosen.flatMap((set) => set.tools());
  }
}
