/** Loudness of one stretch of speech: its windows of speech alone, pauses not counted. */
export class SpeechLevel {
  #power = 0;
  #samples = 0;

  reset(): void {
    this.#power = 0;
    this.#samples = 0;
  }

  push(window: Int16Array): void {
    for (const sample of window) this.#power += sample * sample;
    this.#samples += window.length;
  }

  /** Root mean square in dB of full scale; -Infinity for silence and before the first window. */
  get decibels(): number {
    const power = this.#power / Math.max(1, this.#samples) / 32_768 ** 2;
    return 10 * Math.log10(power);
  }
}
