import { Retiring } from "@parley/shared/async/retiring";
import { closestLanguage } from "@parley/shared/protocol/closest-language";
import type { BatchSizes } from "../contracts/batch-sizes";
import type { GraphPlacement } from "../contracts/graph-placement";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";

/**
 * A synthesiser that is replaced by another while people talk: a reply ends with the one it began
 * with, the next has the new one. What it tells of itself is that of the present one.
 */
export class SwitchableSynthesizer implements Synthesizer {
  #present: Retiring<Synthesizer>;
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
    return this.#present.value.name;
  }

  get voices(): readonly string[] {
    return this.#present.value.voices;
  }

  get languages(): readonly string[] {
    return this.#present.value.languages ?? ["en"];
  }

  get remarks(): readonly string[] {
    return this.#present.value.remarks ?? [];
  }

  get runsOn(): string | undefined {
    return this.#present.value.runsOn;
  }

  get placements(): readonly GraphPlacement[] | undefined {
    return this.#present.value.placements;
  }

  get sampleRate(): number {
    return this.#present.value.sampleRate;
  }

  speak(request: SynthesisRequest): AsyncIterable<SynthesisPart> {
    return this.#speakWith(this.#present, request);
  }

  async batchSizes(): Promise<BatchSizes> {
    return (await this.#present.value.batchSizes?.()) ?? new Map<number, number>();
  }

  /** Replies that begin from now on have this voice. It is closed by this from here on. */
  replace(next: Synthesizer): void {
    const old = this.#present;
    for (const voice of old.value.voices) this.#otherVoices.add(voice);
    this.#present = this.#occupy(next);
    old.retire();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((voice) => voice.close()));
  }

  async *#speakWith(
    chosen: Retiring<Synthesizer>,
    request: SynthesisRequest,
  ): AsyncGenerator<SynthesisPart> {
    // A reply that nobody began to read does not keep its voice.
    const occupied = chosen.isGone ? this.#present : chosen;
    const voice = occupied.value;
    const isLost = !voice.voices.includes(request.voice) && this.#otherVoices.has(request.voice);
    occupied.enter();
    try {
      yield* voice.speak(inLanguageOf(voice, isLost ? { ...request, voice: "" } : request));
    } finally {
      occupied.leave();
    }
  }

  #occupy(voice: Synthesizer): Retiring<Synthesizer> {
    this.#open.add(voice);
    return new Retiring(voice);
  }
}

/** A language that was asked of the voice before may be none of this one's, whose first it is then. */
function inLanguageOf(voice: Synthesizer, request: SynthesisRequest): SynthesisRequest {
  const { language, ...others } = request;
  const isSpoken =
    language === undefined || closestLanguage(language, voice.languages ?? ["en"]) !== undefined;
  return isSpoken ? request : others;
}
