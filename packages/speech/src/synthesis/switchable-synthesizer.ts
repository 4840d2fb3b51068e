import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";

/** A voice and its replies. Retired, it is closed once the last of them has ended. */
class OccupiedVoice {
  readonly voice: Synthesizer;
  #replies = 0;
  #isRetired = false;

  constructor(voice: Synthesizer) {
    this.voice = voice;
  }

  get isGone(): boolean {
    return this.#isRetired && this.#replies === 0;
  }

  enter(): void {
    this.#replies++;
  }

  leave(): void {
    this.#replies--;
    this.#closeIfDeserted();
  }

  retire(): void {
    this.#isRetired = true;
    this.#closeIfDeserted();
  }

  #closeIfDeserted(): void {
    // Nobody waits for it: its memory is freed even if this rejects.
    if (this.isGone) this.voice.close().catch(() => undefined);
  }
}

/**
 * A synthesiser that is replaced by another while people talk: a reply ends with the one it began
 * with, the next has the new one. What it tells of itself is that of the present one.
 */
export class SwitchableSynthesizer implements Synthesizer {
  #present: OccupiedVoice;
  readonly #open = new Set<Synthesizer>();
  /** Voices of those before: rooms that chose one go on with the present one's default. */
  readonly #otherVoices: Set<string>;

  /**
   * @param first closed by this from here on
   * @param otherVoices names for which the default voice speaks where the present one lacks them
   */
  constructor(first: Synthesizer, otherVoices: readonly string[] = []) {
    this.#present = this.#occupy(first);
    this.#otherVoices = new Set(otherVoices);
  }

  get name(): string {
    return this.#present.voice.name;
  }

  get voices(): readonly string[] {
    return this.#present.voice.voices;
  }

  get languages(): readonly string[] {
    return this.#present.voice.languages ?? ["en"];
  }

  get remarks(): readonly string[] {
    return this.#present.voice.remarks ?? [];
  }

  get runsOn(): string | undefined {
    return this.#present.voice.runsOn;
  }

  get sampleRate(): number {
    return this.#present.voice.sampleRate;
  }

  speak(request: SynthesisRequest): AsyncIterable<SynthesisPart> {
    return this.#speakWith(this.#present, request);
  }

  /** Replies that begin from now on have this voice. It is closed by this from here on. */
  replace(next: Synthesizer): void {
    const old = this.#present;
    for (const voice of old.voice.voices) this.#otherVoices.add(voice);
    this.#present = this.#occupy(next);
    old.retire();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((voice) => voice.close()));
  }

  async *#speakWith(
    chosen: OccupiedVoice,
    request: SynthesisRequest,
  ): AsyncGenerator<SynthesisPart> {
    // A reply that nobody began to read does not keep its voice.
    const occupied = chosen.isGone ? this.#present : chosen;
    const { voice } = occupied;
    const isLost = !voice.voices.includes(request.voice) && this.#otherVoices.has(request.voice);
    occupied.enter();
    try {
      yield* voice.speak(isLost ? { ...request, voice: "" } : request);
    } finally {
      occupied.leave();
    }
  }

  #occupy(voice: Synthesizer): OccupiedVoice {
    this.#open.add(voice);
    return new OccupiedVoice(voice);
  }
}
