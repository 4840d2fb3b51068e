import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { SerialQueue } from "@parley/threads/serial-queue";
import { ThreadClient } from "@parley/threads/thread-client";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import { SpokenClauses } from "../spoken/spoken-clauses";
import { deliverParts } from "../synthesis/deliver-parts";
import { findVoice } from "../synthesis/find-voice";
import { synthesisSteps } from "../synthesis/synthesis-steps";
import type { FliteCalls } from "./flite-calls";
import { fliteSampleRate, fliteVoices, type FliteVoice } from "./flite-voices";
import { speakableText } from "./speakable-text";

/** Far above the longest step; a thread later than this hangs. */
const silenceLimitMs = 10_000;
/** Enough for the next clause's sound and the marks around it. */
const partsAhead = 3;

/** CMU Flite in a thread of its own: robotic, small, fast, without a network. */
export class FliteSynthesizer implements Synthesizer {
  readonly name = "Flite";
  readonly voices = fliteVoices;
  readonly languages = ["en"];
  readonly sampleRate = fliteSampleRate;
  readonly #thread: ThreadClient<FliteCalls>;
  /** Queues steps before the thread, so that those of aborted replies never reach it. */
  readonly #queue = new SerialQueue();

  static async open(signal?: AbortSignal): Promise<FliteSynthesizer> {
    const thread = await ThreadClient.open<FliteCalls>(
      {
        name: "synthesiser",
        launch: launchThread({ entry: threadEntry(import.meta.url, "./flite.thread.ts") }),
        restart: restartAtOnce,
        silenceLimitMs,
      },
      signal,
    );
    return new FliteSynthesizer(thread);
  }

  private constructor(thread: ThreadClient<FliteCalls>) {
    this.#thread = thread;
  }

  speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart, void, void> {
    return deliverParts({ signal: request.signal, partsAhead }, ({ signal }) => {
      const voice = findVoice(request.voice === "" ? undefined : request.voice, fliteVoices);
      return this.#parts(request.clauses, voice, signal);
    });
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  async *#parts(
    clauses: AsyncIterable<string>,
    voice: FliteVoice,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    const spoken = new SpokenClauses({ language: "en-US" });
    for await (const clause of clauses) {
      yield { type: "clause-start", text: clause };
      for (const text of synthesisSteps(speakableText(spoken.of(clause)))) {
        const { samples } = await this.#queue.run(() =>
          this.#thread.call("synthesize", { text, voice }, { signal }),
        );
        if (samples.length > 0) yield { type: "audio", samples };
      }
      yield { type: "clause-end" };
    }
  }
}
