import { AppError } from "@parley/shared/errors";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { SerialQueue } from "@parley/threads/serial-queue";
import { ThreadClient } from "@parley/threads/thread-client";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import type { FliteCalls } from "./flite-calls";
import {
  defaultFliteVoice,
  fliteSampleRate,
  fliteVoices,
  isFliteVoice,
  type FliteVoice,
} from "./flite-voices";
import { readAhead } from "../synthesis/read-ahead";
import { speakableText } from "./speakable-text";
import { SpokenClauses } from "../spoken/spoken-clauses";
import { synthesisSteps } from "../synthesis/synthesis-steps";

/** A step takes well under a second; a thread this late hangs. */
const silenceLimitMs = 10_000;
/** Parts made before they are asked for: with the marks around them, the next clause's sound. */
const partsAhead = 3;

/** CMU Flite in a thread of its own. Robotic, small, fast, and needs no network. */
export class FliteSynthesizer implements Synthesizer {
  readonly name = "Flite";
  readonly voices = fliteVoices;
  readonly languages = ["en"];
  readonly sampleRate = fliteSampleRate;
  readonly #thread: ThreadClient<FliteCalls>;
  /** Steps wait here, not in the thread: one whose reply was aborted never gets there. */
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

  async *speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart, void, void> {
    const { signal } = request;
    const voice = request.voice === "" ? defaultFliteVoice : request.voice;
    if (!isFliteVoice(voice)) {
      const known = fliteVoices.join(", ");
      const error = new AppError("invalid-request", `no voice ${voice}; there are ${known}`);
      yield { type: "error", error };
      return;
    }
    try {
      yield* readAhead(this.#parts(request.clauses, voice, signal), partsAhead, signal);
    } catch (error) {
      // However it surfaced: what follows an abort is of no interest.
      if (signal.aborted) return;
      yield { type: "error", error: error instanceof Error ? error : new Error(String(error)) };
    }
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
