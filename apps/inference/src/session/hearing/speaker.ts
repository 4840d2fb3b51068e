import { childController, isAbort } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import type { SpeechEngines } from "../engines";
import { Listener, type AudioMoment } from "./listener";
import type { SessionSettings } from "../settings";
import type { TurnStamps } from "../turn-stamps";
import type { Turn } from "./turn";
import { idleTurn, takeTurn, type TurnEffect, type TurnEvent } from "./turn-taker";

export type SpeakerEvents = {
  onTurnOpened: (turn: Turn) => void;
  /** The member goes on after a pause within the turn. */
  onTurnResumed: (turn: Turn) => void;
  onSpeechContinued: (turn: Turn) => void;
  onWords: (turn: Turn) => void;
  /** The member fell silent and the words so far are settled. */
  onTurnPaused: (turn: Turn) => void;
  onTurnClosed: (turn: Turn) => void;
  /** The turn held no words. */
  onTurnDropped: (turn: Turn) => void;
  onFailed: (error: Error) => void;
};

/** A window of voice activity detection and a frame on its way: 32 and 20, rounded up. */
const stirringMs = 60;

/** One member's voice: drives the listener, and the turn-taker with the clock. */
export class Speaker {
  readonly #memberId: MemberId;
  readonly #engines: SpeechEngines;
  readonly #turnStamps: TurnStamps;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #signal: AbortSignal;
  readonly #events: SpeakerEvents;
  readonly #listener: Listener;
  #state = idleTurn;
  #turn: Turn | null = null;
  /** Lives as long as one pause: what was asked for the pause ends with it. */
  #pause: AbortController | null = null;
  #cancelWait: (() => void) | null = null;

  constructor(options: {
    memberId: MemberId;
    engines: SpeechEngines;
    /** What the recogniser is to prefer over what sounds alike. */
    phrases: readonly string[];
    turnStamps: TurnStamps;
    clock: Clock;
    settings: SessionSettings;
    signal: AbortSignal;
    events: SpeakerEvents;
  }) {
    this.#memberId = options.memberId;
    this.#engines = options.engines;
    this.#turnStamps = options.turnStamps;
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#signal = options.signal;
    this.#events = options.events;
    this.#listener = new Listener({
      voiceActivityDetector: options.engines.voiceActivityDetector,
      recognizer: options.engines.recognizer,
      phrases: options.phrases,
      clock: options.clock,
      settings: options.settings,
      events: {
        onSpeechStarted: (startedAtMs) => {
          this.#speechStarted(startedAtMs);
        },
        onSpeechContinued: (speechMs) => {
          this.#speechContinued(speechMs);
        },
        onSpeechStopped: (lastSpeech) => {
          this.#speechStopped(lastSpeech);
        },
        onPartial: (text) => {
          this.#partial(text);
        },
        onFailed: options.events.onFailed,
      },
    });
  }

  /** The turn in hand, if there is one. */
  get turn(): Turn | null {
    return this.#turn;
  }

  hear(samples: Int16Array, stampMs: number): void {
    this.#listener.hear(samples, stampMs);
  }

  setPhrases(phrases: readonly string[]): void {
    this.#listener.setPhrases(phrases);
  }

  /** Idempotent. */
  close(): void {
    this.#endPause();
    this.#listener.close();
  }

  #speechStarted(startedAtMs: number): void {
    this.#endPause();
    this.#turn ??= {
      turnId: newId<TurnId>(),
      memberId: this.#memberId,
      startedAtMs,
      text: "",
      isSpeaking: true,
      isSettled: false,
      speechMs: 0,
    };
    this.#turn.isSpeaking = true;
    this.#turn.isSettled = false;
    this.#turn.speechMs = 0;
    this.#take({ type: "speech-started" });
  }

  #speechContinued(speechMs: number): void {
    if (this.#turn === null) return;
    this.#turn.speechMs = speechMs;
    this.#events.onSpeechContinued(this.#turn);
  }

  #speechStopped(lastSpeech: AudioMoment): void {
    if (this.#turn === null) return;
    this.#turn.isSpeaking = false;
    this.#turnStamps.mark(this.#turn.turnId, {
      speechEndedAtMs: lastSpeech.stampMs,
      vadStoppedAtMs: this.#clock.now(),
    });
    this.#take({ type: "speech-stopped", silentSinceMs: lastSpeech.atMs });
  }

  #partial(text: string): void {
    // Once settled, an answer to earlier audio is old news.
    if (this.#turn === null || this.#turn.isSettled) return;
    this.#turn.text = text;
    this.#events.onWords(this.#turn);
  }

  #take(event: TurnEvent): void {
    const { state, effects } = takeTurn(this.#state, event, this.#settings);
    this.#state = state;
    for (const effect of effects) {
      if (this.#turn !== null) this.#apply(effect, this.#turn);
    }
  }

  #apply(effect: TurnEffect, turn: Turn): void {
    switch (effect.type) {
      case "open":
        this.#events.onTurnOpened(turn);
        break;
      case "resume":
        this.#events.onTurnResumed(turn);
        break;
      case "settle":
        this.#pause = childController(this.#signal);
        void this.#settle(turn, this.#pause.signal);
        break;
      case "pause":
        if (turn.text !== "" && this.#pause !== null) {
          void this.#estimate(turn.text, this.#pause.signal);
        }
        this.#events.onTurnPaused(turn);
        break;
      case "wait":
        this.#wait(effect.untilMs - this.#clock.now());
        break;
      case "close":
        this.#turnStamps.mark(turn.turnId, { turnDecidedAtMs: this.#clock.now() });
        this.#endTurn();
        this.#events.onTurnClosed(turn);
        break;
      case "drop":
        this.#endTurn();
        this.#events.onTurnDropped(turn);
        break;
    }
  }

  #wait(ms: number): void {
    this.#cancelWait?.();
    this.#cancelWait = this.#clock.schedule(ms, () => {
      // One more window tells whether the member goes on.
      if (this.#listener.isStirring) this.#wait(stirringMs);
      else this.#take({ type: "wait-over" });
    });
  }

  async #settle(turn: Turn, pause: AbortSignal): Promise<void> {
    const text = await this.#listener.settle();
    if (pause.aborted) return;
    turn.text = text;
    turn.isSettled = true;
    this.#turnStamps.mark(turn.turnId, { transcriptFinalAtMs: this.#clock.now() });
    this.#take({ type: "words-settled", text });
  }

  async #estimate(text: string, pause: AbortSignal): Promise<void> {
    const question = { text, recentAudio: this.#listener.recentAudio() };
    try {
      const probability = await this.#engines.turnDetector.estimate(question, pause);
      if (!pause.aborted) this.#take({ type: "end-estimated", probability });
    } catch (error) {
      // The longest wait is running already.
      if (!isAbort(error, pause)) this.#events.onFailed(error as Error);
    }
  }

  #endTurn(): void {
    this.#endPause();
    this.#turn = null;
    this.#listener.startNewTurn();
  }

  #endPause(): void {
    this.#pause?.abort();
    this.#pause = null;
    this.#cancelWait?.();
    this.#cancelWait = null;
  }
}
