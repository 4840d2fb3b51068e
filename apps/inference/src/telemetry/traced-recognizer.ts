import { context, type Span } from "@opentelemetry/api";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { toWireError } from "@parley/shared/errors";
import type {
  Recognition,
  Recognizer,
  RecognizerStream,
} from "@parley/speech/contracts/recognizer";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import { overlaid } from "./overlaid";

/**
 * A recogniser of a speech door: each utterance, from its first sound to its settled words, is a span
 * within that of the request which opened the stream.
 */
export function tracedRecognizer(recognizer: Recognizer, tracing: Tracing): Recognizer {
  return overlaid(recognizer, {
    open: async (options) => {
      const utterances = new Utterances(tracing);
      return tracedStream(await recognizer.open(options), utterances);
    },
  });
}

function tracedStream(stream: RecognizerStream, utterances: Utterances): RecognizerStream {
  return {
    write: (samples) => {
      utterances.hear(samples.length);
      return utterances.watch(stream.write(samples));
    },
    peekFinal: () => utterances.watch(stream.peekFinal()),
    finish: async () => {
      const settled = await utterances.watch(stream.finish());
      utterances.settle(settled);
      return settled;
    },
    reset: async () => {
      await stream.reset();
      utterances.drop();
    },
    setPhrases: (phrases) => stream.setPhrases(phrases),
    close: () => {
      stream.close();
      utterances.drop();
    },
  };
}

/** The utterances of one stream, one after another. */
class Utterances {
  readonly #tracing: Tracing;
  readonly #request = context.active();
  #span: Span | null = null;
  #samples = 0;

  constructor(tracing: Tracing) {
    this.#tracing = tracing;
  }

  hear(samples: number): void {
    this.#span ??= this.#tracing.tracer.startSpan("recognition", {}, this.#request);
    this.#samples += samples;
  }

  settle({ text, words }: Recognition): void {
    this.#span?.setAttribute("parley.words", words.length);
    if (this.#tracing.hasSpeech) this.#span?.setAttribute("parley.text", text);
    this.#end();
  }

  /** Nothing was made of what was heard. */
  drop(): void {
    this.#span?.setAttribute("parley.is_dropped", true);
    this.#end();
  }

  async watch<Result>(call: Promise<Result>): Promise<Result> {
    try {
      return await call;
    } catch (error) {
      this.#span?.setAttribute("error.type", toWireError(error).code);
      throw error;
    }
  }

  #end(): void {
    this.#span?.setAttribute("parley.sound.ms", this.#samples / speechSamplesPerMs);
    this.#span?.end();
    this.#span = null;
    this.#samples = 0;
  }
}
