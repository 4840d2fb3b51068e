import type { TurnId } from "@parley/shared/protocol/ids";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";

/** Stamps of an exchange that belong to the turn: Unix time in ms, null until reached. */
export type StampsOfTurn = Pick<
  TurnTimings,
  "speechEndedAtMs" | "vadStoppedAtMs" | "transcriptFinalAtMs" | "turnDecidedAtMs"
>;

export type ReplyStamp = "chatFirstTextAtMs" | "firstClauseAtMs" | "firstAudioAtMs";

/** Stamps of an exchange that belong to the reply: Unix time in ms, null until reached. */
export type ReplyStamps = Pick<TurnTimings, ReplyStamp>;

export const noReplyStamps: Readonly<ReplyStamps> = {
  chatFirstTextAtMs: null,
  firstClauseAtMs: null,
  firstAudioAtMs: null,
};

const noStamps: StampsOfTurn = {
  speechEndedAtMs: null,
  vadStoppedAtMs: null,
  transcriptFinalAtMs: null,
  turnDecidedAtMs: null,
};

/** Turns whose stamps are remembered: far more than are open or await an answer at a time. */
const maxTurns = 64;

/** Timestamps of each turn's steps. Telemetry: nothing is decided by it. */
export class TurnStamps {
  readonly #stamps = new Map<TurnId, StampsOfTurn>();

  /** Stamps of a later pause in the same turn replace those of an earlier one. */
  mark(turnId: TurnId, steps: Partial<StampsOfTurn>): void {
    this.#stamps.set(turnId, { ...this.of(turnId), ...steps });
    const [oldest] = this.#stamps.keys();
    if (this.#stamps.size > maxTurns && oldest !== undefined) this.#stamps.delete(oldest);
  }

  of(turnId: TurnId): StampsOfTurn {
    return this.#stamps.get(turnId) ?? noStamps;
  }
}
