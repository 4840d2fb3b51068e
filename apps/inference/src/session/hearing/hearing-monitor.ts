import type { MemberId } from "@parley/shared/protocol/ids";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { SessionOutput } from "../session-output";
import type { SessionSettings } from "../settings";
import {
  clearHearing,
  judgeTurn,
  stepHearingQuality,
  type HearingQuality,
} from "./hearing-quality";
import type { TurnChange } from "./turn";

/** Watches how well each member is understood, and publishes who is not when that changes. */
export class HearingMonitor {
  readonly #recognizer: Pick<Recognizer, "doubtfulBelow">;
  readonly #settings: SessionSettings;
  readonly #output: SessionOutput;
  readonly #qualities = new Map<MemberId, HearingQuality>();

  constructor(options: {
    recognizer: Pick<Recognizer, "doubtfulBelow">;
    settings: SessionSettings;
    output: SessionOutput;
  }) {
    this.#recognizer = options.recognizer;
    this.#settings = options.settings;
    this.#output = options.output;
  }

  turnChanged({ type, turn }: TurnChange): void {
    if (type !== "closed" && type !== "dropped") return;
    const { doubtfulConfidence, wordlessDoubtMs } = this.#settings;
    // Asked each time: the recogniser may be replaced while people talk.
    const doubtfulBelow = this.#recognizer.doubtfulBelow ?? doubtfulConfidence;
    const judgement = judgeTurn(turn, { doubtfulBelow, wordlessDoubtMs });
    if (judgement === null) return;
    const before = this.#qualities.get(turn.memberId) ?? clearHearing;
    const after = stepHearingQuality(before, judgement, this.#settings);
    this.#qualities.set(turn.memberId, after);
    if (after.isPoor !== before.isPoor) this.#publish();
  }

  /** The member left. */
  forget(memberId: MemberId): void {
    const wasPoor = this.#qualities.get(memberId)?.isPoor === true;
    this.#qualities.delete(memberId);
    if (wasPoor) this.#publish();
  }

  #publish(): void {
    const memberIds = [...this.#qualities].flatMap(([memberId, { isPoor }]) =>
      isPoor ? [memberId] : [],
    );
    this.#output.notice({ type: "misheard-members", memberIds });
  }
}
