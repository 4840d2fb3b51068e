import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import { isOnlyStopPhrase } from "./words/backchannel";

type LevelSettings = Pick<
  SessionSettings,
  | "backgroundBelowDb"
  | "strangerExtraDb"
  | "strangerLimitDb"
  | "onsetLouderDb"
  | "onsetMs"
  | "goingOnMs"
  | "levelKnownAfterMs"
  | "listenedForMs"
  | "levelsKnown"
  | "movedAwayMs"
>;

/** What is known of the voices in one member's microphone. */
type Known = {
  /** Levels of the turns that were listened to, the last ones, dB. */
  levels: number[];
  /** When the last of them ended. */
  endedAtMs: number;
  /** When the last voice in the background fell silent; -Infinity if none has been since. */
  backgroundAtMs: number;
  /** The turn in hand, if it counts as one in the background, or as none though it is soft. */
  background: TurnId | null;
  heardAgain: TurnId | null;
  /** The turn in hand, if it was listened to for so long that it goes on as one. */
  listened: TurnId | null;
};

/**
 * Tells a television, or people across the room, from whoever a microphone belongs to: their voice
 * comes softer by far than any that the agent has listened to there. Levels alone say little in the
 * first turns, since two people at one microphone may be 17 dB apart: until several are known, what a
 * soft voice asks of the agent may count. Who calls the agent by name is heard from anywhere, and so is
 * who was not answered, waits, and asks again.
 */
export class BackgroundVoices {
  readonly #clock: Clock;
  readonly #settings: LevelSettings;
  readonly #isCalled: (text: string) => boolean;
  readonly #known = new Map<MemberId, Known>();

  constructor(options: {
    clock: Clock;
    settings: LevelSettings;
    /** The agent is called by its name. */
    isCalled: (text: string) => boolean;
  }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#isCalled = options.isCalled;
  }

  /** True for a turn that is no business of the agent's. */
  isBackground(turn: Turn): boolean {
    const { levelKnownAfterMs, listenedForMs, movedAwayMs } = this.#settings;
    const { levelDb, memberId, speechMs, turnId } = turn;
    const known = this.#known.get(memberId);
    if (known === undefined || levelDb === undefined) return false;
    if (known.levels.length === 0 || known.heardAgain === turnId) return false;
    // What people say gets softer towards its end: words that were read already are not taken back.
    if (known.listened === turnId) return false;
    const isSofter = this.#isFarSofter({ ...turn, levelDb }, known);
    // A first syllable may be a soft one: a turn that gets louder is one from then on.
    const isKnown = speechMs >= levelKnownAfterMs || (isSofter && !this.#mayGoOn(known));
    if (!isKnown) return known.background === turnId;
    if (!isSofter || this.#isHeardAnyway(turn, known)) {
      known.background = null;
      if (!isSofter && speechMs >= listenedForMs) known.listened = turnId;
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

  #isFarSofter({ levelDb, speechMs, turnId }: Turn & { levelDb: number }, known: Known): boolean {
    const { levels, background } = known;
    const { backgroundBelowDb, strangerExtraDb, levelsKnown, onsetLouderDb, onsetMs } =
      this.#settings;
    const mayGoOn = this.#mayGoOn(known);
    // What has begun as soft as that has to be louder by more than voices vary within a sentence.
    const isStrict = levels.length < levelsKnown && (mayGoOn || background !== turnId);
    const louderDb = mayGoOn || speechMs >= onsetMs ? 0 : onsetLouderDb;
    const belowDb = backgroundBelowDb + (isStrict ? strangerExtraDb : 0);
    return levelDb - louderDb < Math.min(...levels) - belowDb;
  }

  /** Whoever was listened to just now may go on, with a soft syllable: the reply is to stop at once. */
  #mayGoOn({ endedAtMs }: Known): boolean {
    return this.#clock.now() - endedAtMs < this.#settings.goingOnMs;
  }

  #isHeardAnyway({ text, levelDb }: Turn, known: Known): boolean {
    if (this.#isCalled(text)) return true;
    return isOnlyStopPhrase(text) && this.#isStranger(levelDb, known);
  }

  /** True for a turn in the background that may be somebody's at the microphone, by its level. */
  isStranger({ memberId, levelDb }: Turn): boolean {
    const known = this.#known.get(memberId);
    return known !== undefined && this.#isStranger(levelDb, known);
  }

  #isStranger(levelDb: number | undefined, { levels }: Known): boolean {
    const { levelsKnown, strangerLimitDb } = this.#settings;
    const isInReach = (levelDb ?? 0) >= Math.min(...levels) - strangerLimitDb;
    return levels.length < levelsKnown && isInReach;
  }

  /** A turn that was listened to is over. */
  ended({ memberId, levelDb, speechMs }: Turn): void {
    const { levelKnownAfterMs, levelsKnown } = this.#settings;
    if (levelDb === undefined || speechMs < levelKnownAfterMs) return;
    const levels = [...(this.#known.get(memberId)?.levels ?? []), levelDb].slice(-2 * levelsKnown);
    const endedAtMs = this.#clock.now();
    const known = {
      levels,
      endedAtMs,
      backgroundAtMs: -Infinity,
      background: null,
      heardAgain: null,
      listened: null,
    };
    this.#known.set(memberId, known);
  }

  forget(memberId: MemberId): void {
    this.#known.delete(memberId);
  }
}
