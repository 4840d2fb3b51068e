import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";
import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "@parley/speech/contracts/voice-activity-detector";

/** Calls in flight of the models behind a room, so that sound can be fed as fast as they follow. */
export class CountedCalls {
  #pending = 0;
  #onCalm: (() => void) | null = null;

  /** Resolves once no call is in flight and none follows from the answers. */
  async calm(): Promise<void> {
    // The answer to one call is the cause of another: two looks in a row must find none.
    for (let calmLooks = 0; calmLooks < 2; calmLooks++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#pending === 0) continue;
      calmLooks = -1;
      await new Promise<void>((resolve) => {
        this.#onCalm = resolve;
      });
    }
  }

  /** The same detector, its steps counted. */
  detector(inner: VoiceActivityDetector): VoiceActivityDetector {
    const open = (): VoiceActivityStream => {
      const stream = inner.open();
      return {
        step: (window) => this.#count(stream.step(window)),
        reset: () => {
          stream.reset();
        },
        close: () => {
          stream.close();
        },
      };
    };
    return { windowSamples: inner.windowSamples, open };
  }

  /** The same recogniser, the calls of its streams counted. */
  recognizer(inner: Recognizer): Recognizer {
    const open: Recognizer["open"] = async (options) => {
      const stream = await this.#count(inner.open(options));
      const counted: RecognizerStream = {
        write: (samples) => this.#count(stream.write(samples)),
        peekFinal: () => this.#count(stream.peekFinal()),
        finish: () => this.#count(stream.finish()),
        reset: () => this.#count(stream.reset()),
        setPhrases: (phrases) => this.#count(stream.setPhrases(phrases)),
        close: () => {
          stream.close();
        },
      };
      return counted;
    };
    const { name, remarks } = inner;
    return { name, remarks, open, close: () => inner.close() };
  }

  async #count<Answer>(call: Promise<Answer>): Promise<Answer> {
    this.#pending++;
    try {
      return await call;
    } finally {
      this.#pending--;
      if (this.#pending === 0) this.#onCalm?.();
    }
  }
}
