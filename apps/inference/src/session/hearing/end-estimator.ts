import { isAbort } from "@parley/shared/async/abort";
import type { HeardEnding } from "@parley/speech/contracts/recognizer";
import type { TurnDetector, UtteranceKind } from "../../contracts/turn-detector";
import type { SessionSettings } from "../settings";
import type { OwnPauses } from "./own-pauses";
import type { Setting } from "./setting";
import { silenceNeededMs } from "./turn-wait";

/** What a speaker said so far. */
export type SaidSoFar = {
  text: string;
  recentAudio: Int16Array;
  heardEnding: HeardEnding["type"] | null;
};

/** Tells how long it must be silent until the turn in hand is over: by words, sound and habit. */
export class EndEstimator {
  readonly #turnDetector: TurnDetector;
  readonly #pauses: Pick<OwnPauses, "habit">;
  readonly #setting: Setting;
  readonly #settings: SessionSettings;
  readonly #onWait: (waitMs: number) => void;
  readonly #onFailed: (error: Error) => void;
  #kind: UtteranceKind | null = null;

  constructor(options: {
    turnDetector: TurnDetector;
    pauses: Pick<OwnPauses, "habit">;
    setting: Setting;
    settings: SessionSettings;
    /** Is told the silence that is needed, and again when a slower witness changes it. */
    onWait: (waitMs: number) => void;
    onFailed: (error: Error) => void;
  }) {
    this.#turnDetector = options.turnDetector;
    this.#pauses = options.pauses;
    this.#setting = options.setting;
    this.#settings = options.settings;
    this.#onWait = options.onWait;
    this.#onFailed = options.onFailed;
  }

  /** Kind of the words before the pause in hand; null while it is not known. */
  get kind(): UtteranceKind | null {
    return this.#kind;
  }

  /** Another pause begins. */
  forget(): void {
    this.#kind = null;
  }

  /** @param pause aborts when the speaker goes on */
  async estimate(said: SaidSoFar, pause: AbortSignal): Promise<void> {
    const { turnEnd } = this.#setting;
    if (typeof turnEnd !== "string") {
      await Promise.resolve();
      if (!pause.aborted) this.#onWait(turnEnd.silenceMs);
      return;
    }
    const agentsQuestion = this.#setting.agentsQuestion();
    const language = this.#setting.language.spoken;
    const question = { ...said, language, agentsQuestion, names: this.#setting.names() };
    try {
      const kind = await this.#turnDetector.estimate(question, pause);
      pause.throwIfAborted();
      this.#become(kind);
      const second = await this.#turnDetector.reconsider?.(question, kind, pause);
      pause.throwIfAborted();
      // What the recogniser told meanwhile is newer.
      const isNews = second !== undefined && second !== kind && this.#kind === kind;
      if (isNews) this.#become(second);
    } catch (error) {
      // The longest wait is running already.
      if (!isAbort(error, pause)) this.#onFailed(error as Error);
    }
  }

  #become(kind: UtteranceKind): void {
    this.#kind = kind;
    const person = { habit: this.#pauses.habit, patience: this.#setting.patience };
    this.#onWait(silenceNeededMs(kind, person, this.#settings));
  }
}
