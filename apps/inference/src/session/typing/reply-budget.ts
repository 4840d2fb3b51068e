import type { MemberId } from "@parley/shared/protocol/ids";
import type { SessionSettings } from "../settings";

type BudgetSettings = Pick<SessionSettings, "typedRepliesPerMember" | "typedRepliesPerRoom">;

const periodMs = 60_000;

type Charge = { atMs: number; memberIds: readonly MemberId[] };

/** Replies to typed text within the last minute: a script must not keep the chat model busy. */
export class ReplyBudget {
  readonly #settings: BudgetSettings;
  #charges: Charge[] = [];

  constructor(settings: BudgetSettings) {
    this.#settings = settings;
  }

  /**
   * Charges one reply to the room, and to those of the members who have one left.
   *
   * @returns false when none of them has, or the room has not
   */
  take(memberIds: readonly MemberId[], nowMs: number): boolean {
    const { typedRepliesPerMember, typedRepliesPerRoom } = this.#settings;
    this.#charges = this.#charges.filter(({ atMs }) => atMs > nowMs - periodMs);
    if (this.#charges.length >= typedRepliesPerRoom) return false;
    const able = memberIds.filter((memberId) => this.#countOf(memberId) < typedRepliesPerMember);
    if (able.length === 0) return false;
    this.#charges.push({ atMs: nowMs, memberIds: able });
    return true;
  }

  #countOf(memberId: MemberId): number {
    return this.#charges.filter(({ memberIds }) => memberIds.includes(memberId)).length;
  }
}
