import type { EngineStream } from "../../contracts/recognizer-engine";
import type { SegmentSound } from "../segments/segment-sound";

/**
 * A second recogniser that hears the same segment: words are believed only if it has heard a word
 * too. It need not understand people: the transducer that learnt synthetic voices stayed silent on
 * none of 106 people, and on nearly every noise that Moonshine wrote words for.
 */
export class Witness {
  readonly #stream: EngineStream;
  #windows = 0;
  #hasHeard = false;

  constructor(stream: EngineStream) {
    this.#stream = stream;
  }

  /** It has heard a word of the segment: the earliest sign that words are coming. */
  get hasHeard(): boolean {
    return this.#hasHeard;
  }

  /**
   * Hears what the segment has become since the last call, up to its first word: more is not asked
   * of it, and it takes 25 ms of processor time for each second that it hears.
   */
  async follow(sound: SegmentSound): Promise<void> {
    const to = sound.probabilities.length;
    if (this.#hasHeard || to <= this.#windows) return;
    const samples = Int16Array.from(sound.view(this.#windows, to), (value) => value * 32_768);
    this.#windows = to;
    const { text } = await this.#stream.write(samples);
    this.#hasHeard = text !== "";
  }

  /** Whether it has heard a word if the segment ended here: a transducer's last word comes late. */
  async hasHeardByNow(): Promise<boolean> {
    this.#hasHeard ||= (await this.#stream.peekFinal()).text !== "";
    return this.#hasHeard;
  }

  /** Another segment begins: of other speech, or of `sameSpeech`, in which a word was heard. */
  async startAnew({ sameSpeech = false } = {}): Promise<void> {
    this.#windows = 0;
    this.#hasHeard &&= sameSpeech;
    await this.#stream.reset();
  }

  close(): void {
    this.#stream.close();
  }
}
