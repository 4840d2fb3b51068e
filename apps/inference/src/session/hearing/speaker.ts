import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import type { HeardEnding } from "@parley/speech/contracts/recognizer";
import type { SpeechEngines } from "../engines";
import type { SessionSettings } from "../settings";
import type { StampsOfTurn, TurnStamps } from "../turn-stamps";
import { EarlyWords } from "./early-words";
import { EndEstimator } from "./end-estimator";
import { HeardWords } from "./heard-words";
import { Listener, type AudioMoment } from "./listener";
import { OwnPauses } from "./own-pauses";
import { PendingEnd } from "./pending-end";
import type { Setting } from "./setting";
import type { Turn, TurnChange } from "./turn";
import { idleTurn, takeTurn, type TurnEffect, type TurnEvent } from "./turn-taker";

/** One member's voice: drives the listener, and the turn-taker with the clock. */
export class Speaker {
  readonly #memberId: MemberId;
  readonly #engines: SpeechEngines;
  readonly #turnStamps: TurnStamps;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #setting: Setting;
  readonly #signal: AbortSignal;
  readonly #onTurn: (change: TurnChange) => void;
  readonly #onCommitted: (turn: Turn | null) => void;
  readonly #onFailed: (error: Error) => void;
  readonly #listener: Listener;
  readonly #earlyWords: EarlyWords;
  readonly #pauses = new OwnPauses();
  readonly #end: EndEstimator;
  readonly #pendingEnd: PendingEnd;
  /** Words of the turn in hand. */
  #heard = new HeardWords();
  #state = idleTurn;
  /** Start of the last stretch of speech, by our clock. */
  #speechStartedAtMs = 0;
  /** The agent asked for the end of the last turn: not twice in a row. */
  #wasNudged = false;
  /** Aborts with the pause in hand: settling and the estimate belong to it. */
  #pause: AbortController | null = null;
  /** The turn in hand ends as soon as its words are settled. */
  #isCommitted = false;

  constructor(options: {
    memberId: MemberId;
    engines: SpeechEngines;
    /** Phrases that the recogniser is to prefer over similar sounds. */
    phrases: readonly string[];
    turnStamps: TurnStamps;
    clock: Clock;
    settings: SessionSettings;
    setting: Setting;
    signal: AbortSignal;
    onTurn: (change: TurnChange) => void;
    /** A `commit` is carried out. @param turn null when nothing was said */
    onCommitted: (turn: Turn | null) => void;
    onFailed: (error: Error) => void;
  }) {
    this.#memberId = options.memberId;
    this.#engines = options.engines;
    this.#turnStamps = options.turnStamps;
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#setting = options.setting;
    this.#signal = options.signal;
    this.#onTurn = options.onTurn;
    this.#onCommitted = options.onCommitted;
    this.#onFailed = options.onFailed;
    this.#listener = new Listener({
      voiceActivityDetector: options.engines.voiceActivityDetector,
      recognizer: options.engines.recognizer,
      phrases: options.phrases,
      language: options.setting.language,
      clock: options.clock,
      settings: options.settings,
      events: {
        onSpeechStarted: this.#speechStarted,
        onSpeechContinued: (speechMs, levelDb) => {
          this.#take({ type: "speech-continued", speechMs, levelDb });
          if (this.#setting.mayInterrupt()) this.#earlyWords.continued(speechMs);
        },
        onSpeechStopped: (lastSpeech) => {
          this.#speechStopped(lastSpeech);
        },
        onPartial: (text, areWordsComing) => {
          this.#heard.written(text, areWordsComing);
          this.#hearWords();
        },
        onEnding: (ending) => {
          this.#endingHeard(ending);
        },
        onFailed: options.onFailed,
        onMark: (mark) => {
          this.#isCommitted ||= mark === "end";
          if (mark === "forget") this.#discard();
          this.#endIfCommitted();
        },
      },
    });
    this.#end = new EndEstimator({
      setting: options.setting,
      settings: options.settings,
      onFailed: options.onFailed,
      turnDetector: options.engines.turnDetector,
      pauses: this.#pauses,
      onWait: (waitMs) => {
        this.#take({ type: "end-estimated", waitMs });
      },
    });
    this.#pendingEnd = new PendingEnd({
      clock: options.clock,
      isOnsetPossible: () => this.#listener.isOnsetPossible,
      onOver: () => {
        this.#waitOver();
      },
    });
    this.#earlyWords = new EarlyWords({
      settings: options.settings,
      look: async () => (await this.#listener.settle()).text,
      onWords: (text) => {
        this.#heard.readAhead(text);
        this.#hearWords();
      },
      onGuess: (text) => {
        this.#take({ type: "words-guessed", text });
      },
    });
  }

  /** The turn in hand, if there is one. */
  get turn(): Turn | null {
    return this.#state.phase === "idle" ? null : this.#state;
  }

  hear(samples: Int16Array, stampMs: number): void {
    this.#listener.hear(samples, stampMs);
  }

  /** Sound that waits to be heard or recognised, ms. */
  get waitingMs(): number {
    return this.#listener.waitingMs;
  }

  /** Ends the turn in hand with the sound that came so far. */
  commit(): void {
    this.#listener.mark("end");
  }

  /** Forgets the sound that came so far, and the turn in hand. */
  discard(): void {
    this.#listener.mark("forget");
  }

  /**
   * The turn in hand goes on with an earlier one: the agent took a pause for its end, and is to wait
   * longer from now on.
   */
  reopen(earlier: Turn): void {
    if (earlier.phase === "settled") {
      this.#pauses.corrected(this.#speechStartedAtMs - earlier.silentSinceMs);
    }
    this.#take({ type: "reopened", earlier });
  }

  setPhrases(phrases: readonly string[]): void {
    this.#listener.setPhrases(phrases);
  }

  /** Gives up the turn in hand. Idempotent. */
  close(): void {
    this.#state = idleTurn;
    this.#endPause();
    this.#earlyWords.reset();
    this.#listener.close();
  }

  readonly #speechStarted = (startedAtMs: number): void => {
    this.#pauses.speechStarted(this.#state, this.#end.kind, this.#clock.now());
    this.#earlyWords.reset();
    this.#heard.ending = null;
    this.#speechStartedAtMs = this.#clock.now();
    this.#endPause();
    const ids = { turnId: newId<TurnId>(), memberId: this.#memberId };
    this.#take({ type: "speech-started", ...ids, startedAtMs });
  };

  /** It may come after the estimate that it is to count in. */
  #endingHeard(ending: HeardEnding["type"]): void {
    this.#heard.ending = ending;
    if (ending === "end-of-backchannel") this.#take({ type: "listening-heard" });
    const { text } = this.turn ?? { text: "" };
    if (this.#state.phase === "settled" && text !== "") this.#apply({ type: "estimate", text });
  }

  #hearWords(): void {
    const { text, areWordsComing } = this.#heard;
    this.#take({ type: "words-heard", text, areWordsComing });
  }

  #speechStopped(lastSpeech: AudioMoment): void {
    this.#earlyWords.reset();
    this.#stamp({ speechEndedAtMs: lastSpeech.stampMs, vadStoppedAtMs: this.#clock.now() });
    this.#take({ type: "speech-stopped", silentSinceMs: lastSpeech.atMs });
  }

  #take(event: TurnEvent): void {
    const { state, effects } = takeTurn(this.#state, event, this.#settings);
    this.#state = state;
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: TurnEffect): void {
    switch (effect.type) {
      case "settle":
        this.#end.forget();
        this.#pause = childController(this.#signal);
        void this.#settle(this.#pause.signal);
        break;
      case "estimate":
        if (this.#pause !== null) this.#estimate(effect.text, this.#pause.signal);
        break;
      case "wait":
        if (this.#setting.turnEnd !== "told") {
          this.#pendingEnd.schedule(effect.untilMs - this.#clock.now());
        }
        break;
      case "start-anew":
        this.#endPause();
        this.#pauses.forgetLast();
        this.#heard = new HeardWords();
        this.#listener.startNewTurn();
        break;
      case "tell":
        this.#onTurn(effect.change);
        break;
    }
  }

  #waitOver(): void {
    const { turn } = this;
    const { nudgedWaitMs } = this.#settings;
    const isOpen = turn?.phase === "settled" && turn.text !== "" && this.#end.kind === "open";
    const isNudged = turn?.isNudged === true;
    const mayNudge = isOpen && nudgedWaitMs > 0 && !isNudged && !this.#wasNudged;
    if (mayNudge && this.#setting.mayNudge(turn)) {
      this.#take({ type: "nudge-due", untilMs: this.#clock.now() + nudgedWaitMs });
      return;
    }
    this.#wasNudged = isNudged;
    this.#stamp({ turnDecidedAtMs: this.#clock.now() });
    this.#pauses.turnEnded();
    this.#take({ type: "wait-over" });
  }

  #estimate(text: string, pause: AbortSignal): void {
    const said = { text, recentAudio: this.#listener.recentAudio() };
    void this.#end.estimate({ ...said, heardEnding: this.#heard.ending }, pause);
  }

  async #settle(pause: AbortSignal): Promise<void> {
    const settled = await this.#listener.settle();
    if (pause.aborted) return;
    this.#stamp({ transcriptFinalAtMs: this.#clock.now() });
    this.#pauses.wordsSettled(settled.text);
    this.#take({ type: "words-settled", ...settled });
    this.#endIfCommitted();
  }

  #endIfCommitted(): void {
    const { phase } = this.#state;
    if (!this.#isCommitted || phase === "speaking" || phase === "paused") return;
    this.#isCommitted = false;
    const { turn } = this;
    this.#stamp({ turnDecidedAtMs: this.#clock.now() });
    this.#take({ type: "wait-over" });
    this.#onCommitted(turn);
  }

  #discard(): void {
    const { turn } = this;
    this.#state = idleTurn;
    this.#apply({ type: "start-anew" });
    if (turn !== null) this.#onTurn({ type: "dropped", turn: { ...turn, text: "" } });
  }

  #endPause(): void {
    this.#pause?.abort();
    this.#pause = null;
    this.#pendingEnd.cancel();
  }

  #stamp(steps: Partial<StampsOfTurn>): void {
    if (this.#state.phase !== "idle") this.#turnStamps.mark(this.#state.turnId, steps);
  }
}
