import { meterLevel } from "./meter-level";

/**
 * Measures how loud a local track is. For measuring only: sound played through WebAudio would
 * escape the browser's echo cancellation.
 */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #track: MediaStreamTrack;
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    // A clone goes on hearing while the original is muted: that is how we notice that somebody
    // talks into a muted microphone. It never leaves this page.
    this.#track = track.clone();
    this.#track.enabled = true;
    this.#analyser.fftSize = 1_024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(new MediaStream([this.#track])).connect(this.#analyser);
    this.resume();
  }

  /** Browsers start audio contexts suspended until the person has clicked something. */
  resume(): void {
    void this.#context.resume().catch(() => undefined);
  }

  /** Loudness now, 0 to 1. */
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
