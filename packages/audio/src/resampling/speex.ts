import speexModule from "speex-resampler/app/speex_wasm.js";

/**
 * The functions of speex-resampler's WebAssembly that are used here. The library's own class cannot
 * free a resampler, and drops samples of pieces that are longer than the first.
 */
export type Speex = {
  /** Replaced when the memory grows: never keep it. */
  readonly HEAP16: Int16Array;
  _malloc: (bytes: number) => number;
  _free: (at: number) => void;
  getValue: (at: number, type: "i32") => number;
  setValue: (at: number, value: number, type: "i32") => void;
  /** @returns 0 when it failed */
  _speex_resampler_init: (
    channels: number,
    inputRate: number,
    outputRate: number,
    quality: number,
    errorAt: number,
  ) => number;
  _speex_resampler_destroy: (resampler: number) => void;
  /**
   * Lengths at `inputLengthAt` and `outputLengthAt`: capacities on entry, samples read and written
   * on return.
   *
   * @returns 0 when it worked
   */
  _speex_resampler_process_interleaved_int: (
    resampler: number,
    inputAt: number,
    inputLengthAt: number,
    outputAt: number,
    outputLengthAt: number,
  ) => number;
};

type CreateSpeex = () => PromiseLike<Speex>;

/** CommonJS with a `default` of its own: Node and a TypeScript loader import it differently. */
const createSpeex = ("default" in speexModule ? speexModule.default : speexModule) as CreateSpeex;

let loading: Promise<Speex> | null = null;

/** Loads the library once in a thread; `SampleRateConverter` needs no waiting afterwards. */
export function loadSpeex(): Promise<Speex> {
  loading ??= withoutProcessListeners(() => Promise.resolve(createSpeex()));
  return loading;
}

/**
 * Takes away the listeners that a library adds to the process as a whole: they would report a fault
 * anywhere in the program as the library's own, without a word of where it happened.
 */
function withoutProcessListeners<Loaded>(load: () => Loaded): Loaded {
  const events = ["uncaughtException", "unhandledRejection"];
  const before = events.map((event) => process.rawListeners(event));
  const loaded = load();
  for (const [index, event] of events.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (before[index]?.includes(listener) === true) continue;
      process.removeListener(event, listener as () => void);
    }
  }
  return loaded;
}
