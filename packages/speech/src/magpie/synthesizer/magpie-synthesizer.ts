import { threadEntry } from "@parley/threads/launch/thread-entry";
import type { BatchSizes } from "../../contracts/batch-sizes";
import type { ThreadClient } from "@parley/threads/thread-client";
import type { GraphPlacement } from "../../contracts/graph-placement";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../../contracts/synthesizer";
import type { DeviceEvent } from "../../runtime/device/device-event";
import { EngineLaunch, type OnRemark } from "../../runtime/device/engine-launch";
import { openEngine } from "../../runtime/device/open-engine";
import { deliverParts } from "../../synthesis/deliver-parts";
import { findLanguage, findVoice } from "../../synthesis/find-voice";
import type { MagpieEngineSettings } from "../engine/magpie-engine";
import type { MagpieCalls, MagpieDescription, ClauseRequest } from "./magpie-calls";

/** Above the longest wait for a piece while the engine is full. */
const silenceLimitMs = 60_000;
/** Fixed, so that a text without a seed is also spoken the same way each time. */
const defaultSeed = 1;
/** Bounds the lives that a clause may cost. */
const mostAttempts = 2;
/** About a second of sound. */
const partsAhead = 4;

/** NVIDIA's Magpie in a thread of its own: many voices, languages and concurrent replies. */
export class MagpieSynthesizer implements Synthesizer {
  readonly name: string;
  readonly voices: readonly string[];
  readonly languages: readonly string[];
  readonly sampleRate: number;
  readonly #engine: EngineLaunch;
  readonly #thread: ThreadClient<MagpieCalls, DeviceEvent>;
  readonly #description: MagpieDescription;
  #nextId = 1;

  /** Rejects with `model-mismatch` when the model cannot run. */
  static async open(
    settings: MagpieEngineSettings,
    signal?: AbortSignal,
    onRemark?: OnRemark,
  ): Promise<MagpieSynthesizer> {
    const engine = new EngineLaunch({
      entry: threadEntry(import.meta.url, "./magpie.thread.ts"),
      settings: (usable) => ({ ...settings, providers: usable(settings.providers) }),
      onRemark,
    });
    const options = { name: "synthesiser", silenceLimitMs };
    const thread = await openEngine<MagpieCalls>(engine, options, signal);
    return new MagpieSynthesizer(engine, thread, await thread.call("describe", undefined));
  }

  private constructor(
    engine: EngineLaunch,
    thread: ThreadClient<MagpieCalls, DeviceEvent>,
    description: MagpieDescription,
  ) {
    this.#engine = engine;
    this.#thread = thread;
    this.#description = description;
    this.name = description.name;
    this.voices = description.voices;
    // The first is the default: English where the model has it.
    const { languages } = description;
    const isEnglish = (language: string) => language === "en";
    this.languages = [
      ...languages.filter(isEnglish),
      ...languages.filter((language) => !isEnglish(language)),
    ];
    this.sampleRate = description.sampleRate;
  }

  get remarks(): readonly string[] {
    return [...this.#description.remarks, ...this.#engine.remarks];
  }

  get runsOn(): string {
    return this.#engine.deviceAfter(this.#description.runsOn);
  }

  /** Those of a device that failed are no longer true. */
  get placements(): readonly GraphPlacement[] {
    return this.runsOn === this.#description.runsOn ? this.#description.placements : [];
  }

  speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart, void, void> {
    return deliverParts({ signal: request.signal, partsAhead }, ({ signal }) =>
      this.#parts(request.clauses, this.#clauseSettings(request), signal),
    );
  }

  batchSizes(): Promise<BatchSizes> {
    return this.#thread.call("batch-sizes", undefined);
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  /** @throws AppError `invalid-request` for an unknown voice or language */
  #clauseSettings(request: SynthesisRequest): Omit<ClauseRequest, "text"> {
    const { voices, languages } = this;
    const voice = findVoice(request.voice === "" ? undefined : request.voice, voices);
    return {
      voice: voices.indexOf(voice),
      language: findLanguage(request.language, languages),
      quality: request.quality ?? "fast-start",
      seed: request.seed ?? defaultSeed,
      temperature: request.temperature ?? null,
    };
  }

  async *#parts(
    clauses: AsyncIterable<string>,
    settings: Omit<ClauseRequest, "text">,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    let spoken = 0;
    for await (const text of clauses) {
      yield { type: "clause-start", text };
      yield* this.#clause({ ...settings, text, seed: settings.seed + spoken }, signal);
      yield { type: "clause-end" };
      spoken++;
    }
  }

  /**
   * Speaks a clause. When its device is lost, the next one speaks it again from the same seed, and
   * what was delivered already is left out.
   */
  async *#clause(
    clause: ClauseRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    let delivered = 0;
    for (let attempt = 1; ; attempt++) {
      const { life } = this.#thread;
      let skipped = delivered;
      try {
        for await (const samples of this.#pieces(clause, signal)) {
          const fresh = samples.subarray(Math.min(skipped, samples.length));
          skipped -= samples.length - fresh.length;
          delivered += fresh.length;
          if (fresh.length > 0) yield { type: "audio", samples: fresh };
        }
        return;
      } catch (error) {
        const isLost = this.#thread.life !== life || !this.#thread.isReady;
        if (!isLost || attempt === mostAttempts) throw error;
      }
    }
  }

  async *#pieces(
    clause: ClauseRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Int16Array, void, void> {
    const id = this.#nextId++;
    const stop = () => {
      // A dead thread has no clause to stop.
      this.#thread.call("stop", { id }).catch(() => undefined);
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      await this.#thread.call("begin", { id, clause }, { signal });
      for (;;) {
        const { samples } = await this.#thread.call("next", { id }, { signal });
        if (samples === null) return;
        yield samples;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }
}
