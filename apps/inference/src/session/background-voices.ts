import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

type LevelSettings = Pick<
  SessionSettings,
  | "backgroundBelowDb"
  | "strangerExtraDb"
  | "strangerLimitDb"
  | "levelKnownAfterMs"
  | "levelsKnown"
  | "movedAwayMs"
>;

/** What is known of the voices in one member's microphone. */
type Known = {
  /** Levels of the turns that were listened to, the last ones, dB. */
  levels: number[];
  /** When the last voice in the background fell silent; -Infinity if none has been since. */
  backgroundAtMs: number;
  /** The turn in hand, if it counts as one in the background, or as none though it is soft. */
  background: TurnId | null;
  heardAgain: TurnId | null;
};

/**
 * Tells a television, or people across the room, from whoever a microphone belongs to: their voice
 * comes softer by far than any that the agent has listened to there. Levels alone say little in the
 * first turns, since two people at one microphone may be 17 dB apart: until several are known, a soft
 * voice is heard if it speaks to the agent, which is known once it pauses. Who calls the agent by name
 * is heard from anywhere, and who was not answered, waits, and asks again.
 */
export class BackgroundVoices {
  readonly #clock: Clock;
  readonly #settings: LevelSettings;
  readonly #isCalled: (text: string) => boolean;
  readonly #isForAgent: (turn: Turn) => boolean;
  readonly #known = new Map<MemberId, Known>();

  constructor(options: {
    clock: Clock;
    settings: LevelSettings;
    /** The agent is called by its name. */
    isCalled: (text: string) => boolean;
    /** The words ask something of the agent, or answer it. */
    isForAgent: (turn: Turn) => boolean;
  }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#isCalled = options.isCalled;
    this.#isForAgent = options.isForAgent;
  }

  /** True for a turn that is no business of the agent's. */
  isBackground(turn: Turn): boolean {
    const { levelKnownAfterMs, movedAwayMs } = this.#settings;
    const { levelDb, memberId, turnId } = turn;
    const known = this.#known.get(memberId);
    if (known === undefined || levelDb === undefined) return false;
    if (known.levels.length === 0 || known.heardAgain === turnId) return false;
    if (turn.speechMs < levelKnownAfterMs) return known.background === turnId;
    if (!this.#isFarSofter(levelDb, known) || this.#isHeardAnyway(turn, known)) {
      known.background = null;
      return false;
    }
    // A television goes on; who was not answered waits, and asks again.
    const silentMs = this.#clock.now() - known.backgroundAtMs;
    if (known.background !== turnId && silentMs >= movedAwayMs && silentMs < Infinity) {
      known.heardAgain = turnId;
      return false;
    }
    known.background = turnId;
    known.backgroundAtMs = this.#clock.now();
    return true;
  }

  #isFarSofter(levelDb: number, { levels }: Known): boolean {
    const { backgroundBelowDb, strangerExtraDb, levelsKnown } = this.#settings;
    const extraDb = levels.length < levelsKnown ? strangerExtraDb : 0;
    return levelDb < Math.min(...levels) - backgroundBelowDb - extraDb;
  }

  #isHeardAnyway(turn: Turn, { levels }: Known): boolean {
    const { levelsKnown, strangerLimitDb } = this.#settings;
    if (this.#isCalled(turn.text)) return true;
    const isInReach = (turn.levelDb ?? 0) >= Math.min(...levels) - strangerLimitDb;
    return levels.length < levelsKnown && isInReach && this.#isForAgent(turn);
  }

  /** A turn that was listened to is over. */
  ended({ memberId, levelDb, speechMs }: Turn): void {
    const { levelKnownAfterMs, levelsKnown } = this.#settings;
    if (levelDb === undefined || speechMs < levelKnownAfterMs) return;
    const levels = [...(this.#known.get(memberId)?.levels ?? []), levelDb].slice(-2 * levelsKnown);
    const known = { levels, backgroundAtMs: -Infinity, background: null, heardAgain: null };
    this.#known.set(memberId, known);
  }

  forget(memberId: MemberId): void {
    this.#known.delete(memberId);
  }
}
