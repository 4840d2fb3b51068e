import type { Clock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { SessionSettings } from "../settings";
import { ReplyBudget } from "./reply-budget";

type TypingSettings = Pick<
  SessionSettings,
  "typedIntervalMs" | "typedRepliesPerMember" | "typedRepliesPerRoom"
>;

/**
 * When typed lines are asked: the first at once; those that follow while it is being answered
 * together, with one reply for all of them; and none beyond the budget.
 */
export class TypedQuestions {
  readonly #clock: Clock;
  readonly #settings: TypingSettings;
  readonly #onDue: () => void;
  readonly #onRefused: () => void;
  readonly #budget: ReplyBudget;
  readonly #waiting = new Set<MemberId>();
  #askedAtMs = -Infinity;
  #cancelWait: (() => void) | null = null;
  #hasTold = false;

  constructor(options: {
    clock: Clock;
    settings: TypingSettings;
    /** The lines that waited are to be asked. */
    onDue: () => void;
    /** Lines stay unasked; told once, until others are asked again. */
    onRefused: () => void;
  }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#onDue = options.onDue;
    this.#onRefused = options.onRefused;
    this.#budget = new ReplyBudget(options.settings);
  }

  /** @returns true for a line that is to be asked at once; of others `onDue` tells, or `onRefused` */
  accept(memberId: MemberId): boolean {
    this.#waiting.add(memberId);
    if (this.#cancelWait !== null) return false;
    const waitMs = this.#askedAtMs + this.#settings.typedIntervalMs - this.#clock.now();
    if (waitMs <= 0) return this.#admit();
    this.#cancelWait = this.#clock.schedule(waitMs, () => {
      this.#ask();
    });
    return false;
  }

  /** The reply to the last lines is over: others need not wait. */
  replied(): void {
    this.#askedAtMs = -Infinity;
    if (this.#cancelWait === null) return;
    this.#cancelWait();
    this.#ask();
  }

  /** Forgets the lines that wait. Idempotent. */
  clear(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
    this.#waiting.clear();
  }

  #ask(): void {
    this.#cancelWait = null;
    if (this.#admit()) this.#onDue();
  }

  #admit(): boolean {
    const nowMs = this.#clock.now();
    const isAdmitted = this.#budget.take([...this.#waiting], nowMs);
    this.#waiting.clear();
    if (isAdmitted) {
      this.#askedAtMs = nowMs;
      this.#hasTold = false;
    } else if (!this.#hasTold) {
      this.#hasTold = true;
      this.#onRefused();
    }
    return isAdmitted;
  }
}
