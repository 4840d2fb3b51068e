import type { EndingDetector } from "@parley/speech/contracts/ending-detector";
import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "@parley/speech/contracts/voice-activity-detector";

/** Calls in flight of the models behind a room, so that time can pass as fast as they follow. */
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

  /** The same witness of endings, its calls counted. */
  endingDetector(inner: EndingDetector): EndingDetector {
    const { name } = inner;
    const probability: EndingDetector["probability"] = (sound, signal) =>
      this.#count(inner.probability(sound, signal));
    return { name, probability };
  }

  /** The same voice, its work counted; not its waiting for clauses. */
  synthesizer(inner: Synthesizer): Synthesizer {
    const gauge = () => this.#gauge();
    const speak: Synthesizer["speak"] = async function* (request) {
      const work = gauge();
      const clauses = told(request.clauses, (isWaiting) => {
        work.set({ isWaiting });
      });
      const parts = inner.speak({ ...request, clauses })[Symbol.asyncIterator]();
      try {
        for (;;) {
          work.set({ isAsked: true });
          const step = await parts.next();
          work.set({ isAsked: false });
          if (step.done === true) return;
          yield step.value;
        }
      } finally {
        work.set({ isAsked: false });
        await parts.return?.();
      }
    };
    const { name, voices, languages = ["en"], sampleRate, remarks = [] } = inner;
    return { name, voices, languages, sampleRate, remarks, speak, close: () => inner.close() };
  }

  /** Work that counts as one call while somebody asks for it and it waits for nobody. */
  #gauge(): { set: (change: { isAsked?: boolean; isWaiting?: boolean }) => void } {
    let state = { isAsked: false, isWaiting: false };
    return {
      set: (change) => {
        const was = state.isAsked && !state.isWaiting;
        state = { ...state, ...change };
        const is = state.isAsked && !state.isWaiting;
        if (is && !was) this.#pending++;
        if (was && !is) this.#leave();
      },
    };
  }

  async #count<Answer>(call: Promise<Answer>): Promise<Answer> {
    this.#pending++;
    try {
      return await call;
    } finally {
      this.#leave();
    }
  }

  #leave(): void {
    this.#pending--;
    if (this.#pending === 0) this.#onCalm?.();
  }
}

/** The same items, telling when their reader waits for one. */
async function* told<Item>(
  items: AsyncIterable<Item>,
  tell: (isWaiting: boolean) => void,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      tell(true);
      const step = await iterator.next().finally(() => {
        tell(false);
      });
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}
