/** Louder than room noise and keyboards: about -40 dBFS, see meter-level.ts. */
const speechLevel = 0.45;
/** A cough is shorter, a first word longer. */
const onsetMs = 500;
/** People pause between words and sentences. */
const releaseMs = 2_500;

/** Notices that somebody talks into a muted microphone. */
export class MutedSpeechDetector {
  #loudMs = 0;
  #quietMs = 0;
  #isSpeaking = false;

  /** @returns whether somebody is talking while muted, after `elapsedMs` at this level. */
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
      // Syllables leave gaps: loudness fades rather than starting over.
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
