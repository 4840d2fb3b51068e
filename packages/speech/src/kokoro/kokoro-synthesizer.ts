import type { SerialQueue } from "@parley/threads/serial-queue";
import type { ThreadClient } from "@parley/threads/thread-client";
import type { GraphPlacement } from "../contracts/graph-placement";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import type { DeviceEvent } from "../runtime/device/device-event";
import type { EngineLaunch } from "../runtime/device/engine-launch";
import { outliving } from "../runtime/device/outliving";
import { SpokenClauses } from "../spoken/spoken-clauses";
import { deliverParts } from "../synthesis/deliver-parts";
import { findLanguage, findVoice } from "../synthesis/find-voice";
import type { KokoroCalls, KokoroDescription, KokoroStep } from "./kokoro-calls";
import { kokoroRate } from "./model/kokoro-model";
import { accentOf } from "./model/voice-styles";
import { speechSteps } from "./speech-steps";

/** Enough for the next step's sound and the marks around it. */
const partsAhead = 3;

type KokoroParts = {
  thread: ThreadClient<KokoroCalls, DeviceEvent>;
  engine: EngineLaunch;
  description: KokoroDescription;
  queue: SerialQueue;
};

/** Kokoro-82M in a thread of its own: natural English, for machines with cores to spare. */
export class KokoroSynthesizer implements Synthesizer {
  readonly name = "Kokoro";
  readonly voices: readonly string[];
  /** "en" is the accent of the voice. */
  readonly languages = ["en", "en-US", "en-GB"];
  readonly sampleRate = kokoroRate;
  readonly #thread: ThreadClient<KokoroCalls, DeviceEvent>;
  readonly #engine: EngineLaunch;
  readonly #description: KokoroDescription;
  /** Queues steps before the thread, so that those of aborted replies never reach it. */
  readonly #queue: SerialQueue;

  constructor({ thread, engine, description, queue }: KokoroParts) {
    this.#thread = thread;
    this.#engine = engine;
    this.#queue = queue;
    this.#description = description;
    this.voices = description.voices;
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
      this.#parts(request, this.#speaker(request), signal),
    );
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  /** @throws AppError `invalid-request` for an unknown voice or language */
  #speaker({ voice: wanted, language }: SynthesisRequest): Omit<KokoroStep, "text"> {
    const spoken = findLanguage(language, this.languages);
    const ofAccent = (accent: string) => this.voices.filter((name) => accentOf(name) === accent);
    const asked = spoken === "en" ? null : spoken === "en-GB" ? "gb" : "us";
    const preferred = asked === null ? [] : ofAccent(asked);
    const voice = findVoice(wanted === "" ? preferred[0] : wanted, this.voices);
    return { voice, accent: asked ?? accentOf(voice) };
  }

  async *#parts(
    { clauses, quality }: SynthesisRequest,
    speaker: Omit<KokoroStep, "text">,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    const language = speaker.accent === "gb" ? "en-GB" : "en-US";
    const spoken = new SpokenClauses({ language });
    let isFirst = quality !== "batch";
    for await (const clause of clauses) {
      yield { type: "clause-start", text: clause };
      for (const text of speechSteps(spoken.of(clause), { isFirst })) {
        const { samples } = await this.#queue.run(() =>
          outliving(this.#thread, () =>
            this.#thread.call("synthesize", { ...speaker, text }, { signal }),
          ),
        );
        isFirst = false;
        if (samples.length > 0) yield { type: "audio", samples };
      }
      yield { type: "clause-end" };
    }
  }
}
