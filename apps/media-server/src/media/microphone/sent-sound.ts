import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { TapFrame } from "./microphone-tap";

/** 10 s of 20 ms frames for each member: longer than most turns, 320 kB. */
const maxFrames = 500;
/** Sound before a turn's first speech that its worker heard, too. */
const preRollMs = 700;
/** Speech that may have begun without a word so far; words take less to come. */
const wordlessMs = 3_000;

type TurnInHand = { turnId: TurnId; startedAtMs: number };

type SentOfMember = {
  frames: TapFrame[];
  /** Null between turns, and before a turn's first word. */
  turn: TurnInHand | null;
  /** When the last turn ended. */
  turnEndedAtMs: number;
};

/** What a member's next worker has to hear again. */
export type UnheardSound = {
  memberId: MemberId;
  /** Oldest first. */
  frames: readonly TapFrame[];
  /** The turn in hand is among them, whole: the words that there are of it will come again. */
  hasTurn: boolean;
};

/** Sound that a worker has got and may die with: the turns in hand. */
export class SentSound {
  readonly #members = new Map<MemberId, SentOfMember>();

  add(memberId: MemberId, frame: TapFrame): void {
    const { frames } = this.#of(memberId);
    frames.push(frame);
    if (frames.length > maxFrames) frames.shift();
  }

  /** Follows the turns as the worker tells of them. */
  note(notice: LinkNotice, nowMs: number): void {
    if (notice.type === "transcript-partial") {
      const { memberId, turnId, startedAtMs } = notice;
      this.#of(memberId).turn = { turnId, startedAtMs };
    } else if (notice.type === "transcript-final") {
      this.#endTurn(this.#of(notice.memberId), nowMs);
    } else if (notice.type === "transcript-retract") {
      for (const sent of this.#members.values()) {
        if (sent.turn?.turnId === notice.turnId) this.#endTurn(sent, nowMs);
      }
    }
  }

  forget(memberId: MemberId): void {
    this.#members.delete(memberId);
  }

  /**
   * Takes out what nobody has made words of for good. A turn that began too long ago is left out: its
   * end without its beginning would be heard as another one.
   */
  take(nowMs: number): UnheardSound[] {
    const taken = [...this.#members].map(([memberId, { frames, turn, turnEndedAtMs }]) => {
      const firstMs = frames[0]?.arrivedAtMs ?? Infinity;
      const hasTurn = turn !== null && turn.startedAtMs >= firstMs;
      const fromMs =
        turn === null
          ? Math.max(turnEndedAtMs, nowMs - wordlessMs)
          : hasTurn
            ? turn.startedAtMs - preRollMs
            : Infinity;
      const unheard = frames.filter(({ arrivedAtMs }) => arrivedAtMs >= fromMs);
      return { memberId, frames: unheard, hasTurn };
    });
    this.#members.clear();
    return taken;
  }

  #endTurn(sent: SentOfMember, nowMs: number): void {
    sent.turn = null;
    sent.turnEndedAtMs = nowMs;
  }

  #of(memberId: MemberId): SentOfMember {
    const known = this.#members.get(memberId);
    if (known !== undefined) return known;
    const sent = { frames: [], turn: null, turnEndedAtMs: 0 };
    this.#members.set(memberId, sent);
    return sent;
  }
}
