import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

type LevelSettings = Pick<
  SessionSettings,
  "backgroundBelowDb" | "levelKnownAfterMs" | "movedAwayMs" | "movedAwayDb"
>;

/** Level of one member's own voice in their microphone, as a moving estimate. */
type Usual = {
  decibels: number;
  /** When the last voice in the background fell silent; -Infinity if theirs came after it. */
  backgroundAtMs: number;
  /** The turn in hand counts as one in the background. */
  background: TurnId | null;
};

/** Weight of the last turn's level beside what was known. */
const learning = 0.3;

/**
 * Tells a television, or people across the room, from whoever a microphone belongs to: their voice
 * comes steadily softer than the one that the agent has listened to. Who calls the agent by name is
 * heard from anywhere; who moved away and keeps asking is heard again after a few turns.
 */
export class BackgroundVoices {
  readonly #clock: Clock;
  readonly #settings: LevelSettings;
  readonly #isCalled: (text: string) => boolean;
  readonly #usual = new Map<MemberId, Usual>();

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
    const { backgroundBelowDb, levelKnownAfterMs, movedAwayMs, movedAwayDb } = this.#settings;
    const { levelDb, memberId, turnId } = turn;
    const usual = this.#usual.get(memberId);
    if (usual === undefined || levelDb === undefined) return false;
    if (turn.speechMs < levelKnownAfterMs) return usual.background === turnId;
    const isSofter = levelDb < usual.decibels - backgroundBelowDb && !this.#isCalled(turn.text);
    if (isSofter && usual.background !== turnId) {
      // A television goes on; who was not answered waits, and asks again.
      const silentMs = this.#clock.now() - usual.backgroundAtMs;
      if (silentMs >= movedAwayMs && silentMs < Infinity) usual.decibels -= movedAwayDb;
    }
    usual.background = isSofter ? turnId : null;
    if (isSofter) usual.backgroundAtMs = this.#clock.now();
    return isSofter;
  }

  /** A turn of the member's own is over. */
  ended({ memberId, levelDb, speechMs }: Turn): void {
    if (levelDb === undefined || speechMs < this.#settings.levelKnownAfterMs) return;
    const decibels = this.#usual.get(memberId)?.decibels ?? levelDb;
    this.#usual.set(memberId, {
      decibels: decibels + learning * (levelDb - decibels),
      backgroundAtMs: -Infinity,
      background: null,
    });
  }

  forget(memberId: MemberId): void {
    this.#usual.delete(memberId);
  }
}
