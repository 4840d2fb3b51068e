import type { SessionSettings } from "../settings";

type GateSettings = Pick<
  SessionSettings,
  "speechStartThreshold" | "speechStopThreshold" | "speechStartWindows" | "silenceStopMs"
>;

/** Turns probabilities of speech, window by window, into speech that starts and stops. */
export class SpeechGate {
  readonly #settings: GateSettings;
  readonly #windowMs: number;
  #isOpen = false;
  #loudWindows = 0;
  #silenceMs = 0;

  constructor(settings: GateSettings, windowMs: number) {
    this.#settings = settings;
    this.#windowMs = windowMs;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Closed, but the last window was loud: it may be the onset of speech. */
  get isOnsetPossible(): boolean {
    return !this.#isOpen && this.#loudWindows > 0;
  }

  /** @returns what the window changed, if anything */
  step(probability: number): "started" | "stopped" | null {
    const isLoud = probability >= this.#settings.speechStartThreshold;
    return this.#isOpen ? this.#stepOpen(isLoud, probability) : this.#stepClosed(isLoud);
  }

  /** Closes without waiting for silence. */
  close(): void {
    this.#isOpen = false;
    this.#loudWindows = 0;
    this.#silenceMs = 0;
  }

  #stepClosed(isLoud: boolean): "started" | null {
    this.#loudWindows = isLoud ? this.#loudWindows + 1 : 0;
    if (this.#loudWindows < this.#settings.speechStartWindows) return null;
    this.#isOpen = true;
    this.#silenceMs = 0;
    return "started";
  }

  #stepOpen(isLoud: boolean, probability: number): "stopped" | null {
    // Between the thresholds speech goes on, but a silence that began goes on as well.
    const isSilent = probability < this.#settings.speechStopThreshold;
    if (isLoud) this.#silenceMs = 0;
    else if (isSilent || this.#silenceMs > 0) this.#silenceMs += this.#windowMs;
    if (this.#silenceMs < this.#settings.silenceStopMs) return null;
    this.close();
    return "stopped";
  }
}
