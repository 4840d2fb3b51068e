/** Threshold above room noise and keyboards: about -40 dBFS, see meter-level.ts. */
const speechLevel = 0.45;
/** Onset longer than a cough and shorter than a first word. */
const onsetMs = 500;
/** Release longer than the pauses between words and sentences. */
const releaseMs = 2_500;

/** Detector of talking into a muted microphone, by level alone. */
export class MutedSpeechDetector {
  #loudMs = 0;
  #quietMs = 0;
  #isSpeaking = false;

  /** @returns whether the member is talking while muted, after `elapsedMs` at this level. */
  update(options: { level: number; isMuted: boolean; elapsedMs: number }): boolean {
    if (!options.isMuted) {
      this.#loudMs = 0;
      this.#isSpeaking = false;
      return false;
    }
    if (options.level >= speechLevel) {
      this.#loudMs += options.elapsedMs;
      this.#quietMs = 0;
    } else {
      // Gaps between syllables shrink the onset instead of restarting it.
      this.#loudMs = Math.max(0, this.#loudMs - options.elapsedMs / 2);
      this.#quietMs += options.elapsedMs;
    }
    if (this.#loudMs >= onsetMs) this.#isSpeaking = true;
    if (this.#quietMs >= releaseMs) {
      this.#isSpeaking = false;
      this.#loudMs = 0;
    }
    return this.#isSpeaking;
  }
}
