import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { PartialRecognition, Recognition } from "../../contracts/recognizer";
import type { EngineStream } from "../../contracts/recognizer-engine";
import type { VoiceActivityStream } from "../../contracts/voice-activity-detector";
import { phraseBias } from "../decoding/phrase-bias";
import { SingleCalls, streamClosedError } from "../../recognition/single-calls";
import { Segmenter } from "../segments/segmenter";
import { windowSamples } from "../segments/segment-sound";
import { HeardSegment, joinTexts } from "./heard-segment";
import { joinRecognitions, nothingHeard } from "./recognize-segment";
import type { SegmentWork } from "./segment-work";
import type { Witness } from "./witness";

export type MoonshineStreamOptions = {
  activity: VoiceActivityStream;
  witness: Witness;
  work: SegmentWork;
  onClose: () => void;
};

const windowMs = windowSamples / speechSamplesPerMs;

/**
 * One stream: sound to segments, segments to words. Writing does not wait for the words of a live
 * speaker, so that a final text can begin at once, whatever was under way. A file waits for each
 * segment. A last piece of less than 32 ms is left out.
 */
export class MoonshineStream implements EngineStream {
  readonly #options: MoonshineStreamOptions;
  readonly #slicer = new FrameSlicer(windowSamples);
  #segmenter = new Segmenter();
  /** In order; all have ended but, perhaps, the last. */
  #segments: HeardSegment[] = [];
  readonly #calls = new SingleCalls();

  constructor(options: MoonshineStreamOptions) {
    this.#options = options;
  }

  /** Sound whose words are overdue, in milliseconds. */
  get behindMs(): number {
    const { work } = this.#options;
    const windows = this.#segments.reduce((sum, segment) => sum + work.overdueWindows(segment), 0);
    return windows * windowMs;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    return this.#run(async ({ work, witness }) => {
      for (const window of this.#slicer.push(samples)) await this.#hear(window);
      const last = this.#segments.at(-1);
      if (last?.isEnded === false) {
        await witness.follow(last.sound);
        last.isWitnessed = witness.hasHeard;
      }
      await work.update(this.#segments);
      const text = joinTexts(this.#segments);
      return {
        text,
        endings: [],
        behindMs: this.behindMs,
        areWordsComing: text !== "" || witness.hasHeard,
      };
    });
  }

  peekFinal(): Promise<Recognition> {
    return this.#run(() => this.#settle());
  }

  finish(): Promise<Recognition> {
    return this.#run(async () => {
      const settled = await this.#settle();
      await this.#clear();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#run(() => this.#clear());
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    return this.#run(({ work }) => {
      work.setBooster(phraseBias(phrases));
      return Promise.resolve();
    });
  }

  close(): void {
    if (!this.#calls.close()) return;
    const { work, onClose } = this.#options;
    work.close(streamClosedError());
    onClose();
    // Both may be in use by the call under way.
    void this.idle().then(() => {
      this.#options.witness.close();
      this.#options.activity.close();
    });
  }

  /** Resolves once nothing of this stream is under way. */
  async idle(): Promise<void> {
    await this.#calls.idle();
    await this.#options.work.idle();
  }

  async #hear(window: Int16Array): Promise<void> {
    const { activity, witness } = this.#options;
    const step = this.#segmenter.step(window, await activity.step(window));
    const { current, ended } = step;
    if (ended !== null) {
      const segment = this.#segments.at(-1);
      await witness.follow(ended);
      if (segment !== undefined) {
        segment.isWitnessed = await witness.hasHeardByNow();
        segment.isEnded = true;
      }
      // What is left of long speech may be too short for the witness.
      await witness.startAnew({ sameSpeech: step.isCutShort });
    }
    if (current !== null && this.#segments.at(-1)?.sound !== current) {
      this.#segments.push(new HeardSegment(current));
    }
  }

  /** The words of everything, from copies. */
  async #settle(): Promise<Recognition> {
    const { work, witness } = this.#options;
    await work.settleEnded(this.#segments);
    const last = this.#segments.at(-1);
    const parts = this.#segments.map(({ settled }) => settled ?? nothingHeard);
    if (last?.isEnded === false) {
      last.isWitnessed = await witness.hasHeardByNow();
      parts.push(await work.peek(last));
    }
    return joinRecognitions(parts);
  }

  async #clear(): Promise<void> {
    const { work, activity, witness } = this.#options;
    await work.abandon();
    this.#segments = [];
    this.#segmenter = new Segmenter();
    this.#slicer.flush();
    activity.reset();
    await witness.startAnew();
  }

  #run<Result>(task: (options: MoonshineStreamOptions) => Promise<Result>): Promise<Result> {
    return this.#calls.run(
      () => task(this.#options),
      () => this.#clear(),
    );
  }
}
