import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import { Channel } from "@parley/shared/async/channel";
import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { AppError } from "@parley/shared/errors";
import type { HeardEnding, Recognizer } from "@parley/speech/contracts/recognizer";
import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "@parley/speech/contracts/voice-activity-detector";
import type { SessionSettings } from "../settings";
import { AudioRing } from "./audio-ring";
import { SpeechGate } from "./speech-gate";
import { SpeechLevel } from "./speech-level";
import type { ConversationLanguage } from "../conversation-language";
import { Transcriber, type SettledWords } from "./transcriber";

/** A moment of the audio, in both times that matter. */
export type AudioMoment = {
  /** Unix time at which the audio reached the tap: the media-server's clock. */
  stampMs: number;
  /** Time at which it reached this process: our clock, for waits. */
  atMs: number;
};

export type ListenerEvents = {
  onSpeechStarted: (startedAtMs: number) => void;
  /**
   * @param speechMs length of the speech so far, trailing silence not counted
   * @param levelDb its loudness, dB of full scale
   */
  onSpeechContinued: (speechMs: number, levelDb: number) => void;
  onSpeechStopped: (lastSpeech: AudioMoment) => void;
  /** @param areWordsComing there are words, though `text` may have none yet */
  onPartial: (text: string, areWordsComing: boolean) => void;
  /** The recogniser heard something end, by a sign of its model. */
  onEnding: (ending: HeardEnding["type"]) => void;
  onFailed: (error: Error) => void;
  /** All sound from before the mark was heard; speech that was open is closed, or forgotten. */
  onMark: (mark: ListenerMark) => void;
};

/** Mark in the sound: what is open there ends, or all of it is forgotten. */
export type ListenerMark = "end" | "forget";

/** Five seconds of 20 ms frames: more backlog than that is worth less than being on time. */
const maxWaitingFrames = 250;

type HeardFrame = AudioMoment & { samples: Int16Array; mark?: ListenerMark };

/** One speaker's audio: frames to speech that starts and stops, and to words. */
export class Listener {
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #events: ListenerEvents;
  readonly #frames = new Channel<HeardFrame>({ capacity: maxWaitingFrames, policy: "drop-oldest" });
  readonly #activity: VoiceActivityStream;
  readonly #slicer: FrameSlicer;
  readonly #windowMs: number;
  readonly #gate: SpeechGate;
  readonly #level = new SpeechLevel();
  readonly #transcriber: Transcriber;
  readonly #preRoll: AudioRing;
  readonly #recent: AudioRing;
  /** Sound of the turn in hand, from its pre-roll on; null before it. */
  #turnSamples: number | null = null;
  #lastStampMs = 0;
  /** Length of the last frame, which the others have, too. */
  #frameSamples = 0;
  /** Since the last window of speech. */
  #quietSamples = 0;
  #lastFrameAtMs = 0;
  #lastSpeech: AudioMoment = { stampMs: 0, atMs: 0 };
  #openMs = 0;
  #speechMs = 0;
  #cancelIdleCheck: (() => void) | null = null;
  #isClosed = false;

  constructor(options: {
    voiceActivityDetector: VoiceActivityDetector;
    recognizer: Recognizer;
    /** Phrases that the recogniser is to prefer over similar sounds. */
    phrases: readonly string[];
    language: Pick<ConversationLanguage, "heard" | "refused">;
    clock: Clock;
    settings: SessionSettings;
    events: ListenerEvents;
  }) {
    const { voiceActivityDetector, settings } = options;
    this.#clock = options.clock;
    this.#settings = settings;
    this.#events = options.events;
    this.#activity = voiceActivityDetector.open();
    this.#slicer = new FrameSlicer(voiceActivityDetector.windowSamples);
    this.#windowMs = voiceActivityDetector.windowSamples / speechSamplesPerMs;
    this.#gate = new SpeechGate(settings, this.#windowMs);
    this.#transcriber = new Transcriber({
      recognizer: options.recognizer,
      phrases: options.phrases,
      language: options.language,
      events: this.#events,
    });
    this.#preRoll = new AudioRing(settings.preRollMs * speechSamplesPerMs);
    this.#recent = new AudioRing(settings.recentAudioMs * speechSamplesPerMs);
    void this.#run();
  }

  /** @param samples 16 kHz; never waits, the oldest of a long backlog is dropped */
  hear(samples: Int16Array, stampMs: number): void {
    this.#lastStampMs = stampMs;
    this.#frameSamples = samples.length;
    this.#frames.push({ samples, stampMs, atMs: this.#clock.now() });
  }

  /** Marks this place in the sound; `onMark` tells when it is reached. */
  mark(mark: ListenerMark): void {
    const atMs = this.#clock.now();
    this.#frames.push({ samples: new Int16Array(0), stampMs: this.#lastStampMs, atMs, mark });
  }

  /** Sound that waits to be heard or recognised, ms: a sender who may wait should, above a second. */
  get waitingMs(): number {
    const { waitingSamples } = this.#transcriber;
    return (this.#frames.size * this.#frameSamples + waitingSamples) / speechSamplesPerMs;
  }

  setPhrases(phrases: readonly string[]): void {
    this.#transcriber.setPhrases(phrases);
  }

  /** The settled words of the turn in hand, from a copy. */
  settle(): Promise<SettledWords> {
    return this.#transcriber.settle();
  }

  /** Silent so far, but the last window may be the onset of speech. */
  get isOnsetPossible(): boolean {
    return this.#gate.isOnsetPossible;
  }

  /** The turn in hand is over: later words belong to another. */
  startNewTurn(): void {
    this.#transcriber.forget();
    this.#turnSamples = null;
    // The silence that ended it precedes the next one too, which may begin at once.
    const quietSamples = Math.min(this.#quietSamples, this.#recent.length);
    if (this.#gate.isOpen || quietSamples === 0) return;
    this.#preRoll.clear();
    this.#preRoll.push(this.#recent.copy().slice(-quietSamples));
  }

  /** The latest sound of the turn in hand, without what was heard before it. */
  recentAudio(): Int16Array {
    const recent = this.#recent.copy();
    return this.#turnSamples === null ? recent : recent.subarray(-this.#turnSamples);
  }

  /** Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelIdleCheck?.();
    this.#frames.end();
    this.#activity.close();
    this.#transcriber.close();
  }

  async #run(): Promise<void> {
    for await (const frame of this.#frames) {
      if (this.#isClosed) return;
      try {
        await this.#hearFrame(frame);
      } catch (error) {
        if (this.#hasClosed()) return;
        this.#activity.reset();
        this.#events.onFailed(
          new AppError("internal", "Voice activity detection failed.", {
            cause: error,
            isRetryable: true,
          }),
        );
      }
    }
  }

  async #hearFrame(frame: HeardFrame): Promise<void> {
    if (frame.atMs - this.#lastFrameAtMs >= this.#settings.idleSpeechMs) this.#forgetSound();
    this.#lastFrameAtMs = frame.atMs;
    for (const window of this.#slicer.push(frame.samples)) {
      const probability = await this.#activity.step(window);
      if (this.#hasClosed()) return;
      this.#hearWindow(window, probability, frame);
    }
    if (frame.mark !== undefined) this.#reachMark(frame.mark);
  }

  #reachMark(mark: ListenerMark): void {
    if (mark === "forget") this.#gate.close();
    this.#forgetSound();
    this.#events.onMark(mark);
  }

  #hearWindow(window: Int16Array, probability: number, moment: AudioMoment): void {
    this.#recent.push(window);
    if (this.#turnSamples !== null) this.#turnSamples += window.length;
    const change = this.#gate.step(probability);
    const isSpeech = probability >= this.#settings.speechStartThreshold;
    this.#quietSamples = isSpeech ? 0 : this.#quietSamples + window.length;
    if (isSpeech) this.#lastSpeech = { stampMs: moment.stampMs, atMs: moment.atMs };

    if (change === "stopped") {
      this.#transcriber.write(window);
      this.#stopSpeech();
    } else if (change === "started") {
      this.#preRoll.push(window);
      this.#turnSamples ??= this.#preRoll.length;
      this.#transcriber.write(this.#preRoll.take());
      this.#openMs = this.#settings.speechStartWindows * this.#windowMs;
      this.#speechMs = this.#openMs;
      this.#level.reset();
      this.#level.push(window);
      this.#checkForIdleness(this.#settings.idleSpeechMs);
      this.#events.onSpeechStarted(moment.stampMs - this.#openMs);
      this.#events.onSpeechContinued(this.#speechMs, this.#level.decibels);
    } else if (this.#gate.isOpen) {
      this.#transcriber.write(window);
      this.#openMs += this.#windowMs;
      if (isSpeech) {
        this.#speechMs = this.#openMs;
        this.#level.push(window);
      }
      this.#events.onSpeechContinued(this.#speechMs, this.#level.decibels);
    } else {
      this.#preRoll.push(window);
    }
  }

  #stopSpeech(): void {
    this.#cancelIdleCheck?.();
    this.#cancelIdleCheck = null;
    this.#events.onSpeechStopped(this.#lastSpeech);
  }

  /** A muted member sends nothing, so only the clock can close what was open. */
  #checkForIdleness(afterMs: number): void {
    this.#cancelIdleCheck = this.#clock.schedule(afterMs, () => {
      const leftMs = this.#lastFrameAtMs + this.#settings.idleSpeechMs - this.#clock.now();
      if (leftMs > 0) {
        this.#checkForIdleness(leftMs);
      } else {
        this.#forgetSound();
      }
    });
  }

  /** Sound from before a gap says nothing about the sound after it. */
  #forgetSound(): void {
    const wasOpen = this.#gate.isOpen;
    this.#gate.close();
    this.#activity.reset();
    this.#slicer.flush();
    this.#preRoll.clear();
    this.#quietSamples = 0;
    if (wasOpen) this.#stopSpeech();
  }

  /** Apart from the field, because an await may have passed since it was last read. */
  #hasClosed(): boolean {
    return this.#isClosed;
  }
}
