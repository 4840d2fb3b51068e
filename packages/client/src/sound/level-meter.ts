import { meterLevel } from "./meter-level";

/**
 * Options of a context that plays nothing: no output device is opened for it, and it works in long
 * blocks, where the browser knows how. Levels are read ten times a second.
 */
const meterOptions: AudioContextOptions & { sinkId: { type: "none" } } = {
  latencyHint: "playback",
  sinkId: { type: "none" },
};

/**
 * Level meter of a local track. WebAudio measures only and plays nothing: sound played through it
 * would escape the browser's echo cancellation.
 */
export class LevelMeter {
  readonly #context = new AudioContext(meterOptions);
  readonly #analyser = this.#context.createAnalyser();
  readonly #track: MediaStreamTrack;
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    // A clone stays enabled while the original is muted, so that talking into a muted microphone is
    // noticed. Its sound never leaves this page.
    this.#track = track.clone();
    this.#track.enabled = true;
    this.#analyser.fftSize = 1_024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([this.#track])).connect(this.#analyser);
    this.resume();
  }

  /** Resumes the audio context, which browsers suspend until the first click. */
  resume(): void {
    void this.#context.resume().catch(() => undefined);
  }

  /** Current level, 0 to 1. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return meterLevel(Math.sqrt(sum / this.#samples.length));
  }

  close(): void {
    this.#track.stop();
    void this.#context.close().catch(() => undefined);
  }
}
