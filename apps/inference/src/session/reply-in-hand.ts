import type { Clock } from "@parley/shared/async/clock";
import type { AudibleReply } from "./audible-reply";
import { isSameContent } from "./replying/is-same-content";
import type { Reply } from "./replying/reply";
import type { ReplyContent } from "./replying/reply-clauses";
import { isAudible, type ReplyChange } from "./replying/reply-state";

/** Starts to make a reply, unheard. */
export type MakeReply = (content: ReplyContent, onChanged: (change: ReplyChange) => void) => Reply;

/** The one reply that is being made or heard, and when it goes on after having been held. */
export class ReplyInHand {
  readonly #makeReply: MakeReply;
  readonly #clock: Clock;
  readonly #onChanged: (change: ReplyChange) => void;
  #reply: Reply | null = null;
  /** What the reply says or answers. */
  #content: ReplyContent | null = null;
  #cancelResume: (() => void) | null = null;
  /** Text that the last reply had left to say when it was cut off. */
  unheard = "";

  constructor(options: {
    makeReply: MakeReply;
    clock: Clock;
    /** After the change; one that ends the reply finds `current` empty. */
    onChanged: (change: ReplyChange) => void;
  }) {
    this.#makeReply = options.makeReply;
    this.#clock = options.clock;
    this.#onChanged = options.onChanged;
  }

  get current(): Reply | null {
    return this.#reply;
  }

  /** The reply that people hear, or would if it were not held. */
  get heard(): Reply | null {
    return this.#reply !== null && isAudible(this.#reply.state) ? this.#reply : null;
  }

  /**
   * The reply as people hear it now; null where none is heard.
   *
   * @param reachMs how much further back its echo may have begun
   * @param names of the agent and of people present
   */
  audible(reachMs: number, names: readonly string[]): AudibleReply | null {
    const { heard } = this;
    if (heard === null) return null;
    const { isEndOfQuestion, playedMs } = heard;
    return { recentText: heard.recentText(reachMs), isEndOfQuestion, playedMs, names };
  }

  /** Text of the present reply, or the last, if the conversation does not remember it; else null. */
  get forgottenText(): string | null {
    const content = this.#content;
    return content?.type === "text" && content.isForgotten === true ? content.text : null;
  }

  /** Makes a reply with this content, in place of the present one. @returns false if that has it */
  prepare(content: ReplyContent): boolean {
    const prepared = this.#reply === null ? null : this.#content;
    if (prepared !== null && isSameContent(prepared, content)) return false;
    this.withdraw();
    this.#content = content;
    const reply = this.#makeReply(content, (change) => {
      if (this.#reply !== reply) return;
      if (change === "ended" || change === "empty") this.#reply = null;
      if (change === "ended") this.unheard = reply.unheardText;
      this.#onChanged(change);
    });
    this.#reply = reply;
    return true;
  }

  withdraw(): void {
    this.#reply?.cancel();
    this.#reply = null;
  }

  /** Goes on at low volume. */
  duck(): void {
    this.#cancelResume?.();
    this.#reply?.duck();
  }

  hold(): void {
    this.#cancelResume?.();
    this.#reply?.hold();
  }

  /** Goes on in so many milliseconds, if `mayResume` still says so then. */
  resumeIn(waitMs: number, mayResume: () => boolean): void {
    this.#cancelResume?.();
    const reply = this.#reply;
    if (waitMs <= 0) {
      reply?.resume();
      return;
    }
    this.#cancelResume = this.#clock.schedule(waitMs, () => {
      if (mayResume()) reply?.resume();
    });
  }

  /** Ends the reply without a notice. Idempotent. */
  close(): void {
    this.#cancelResume?.();
    this.#reply?.close();
    this.#reply = null;
  }
}
