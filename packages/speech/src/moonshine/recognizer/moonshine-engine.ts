import type { Clock } from "@parley/shared/async/clock";
import type { BatchSizes } from "../../contracts/batch-sizes";
import type { GraphPlacement } from "../../contracts/graph-placement";
import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { RecognizerEngine } from "../../contracts/recognizer-engine";
import type { VoiceActivityDetector } from "../../contracts/voice-activity-detector";
import { OpenStreams } from "../../recognition/open-streams";
import type { ExecutionProvider } from "../../runtime/execution-providers";
import { MoonshineModel } from "../model/moonshine-model";
import type { MoonshineSettings } from "../moonshine-settings";
import { LiveWork } from "./live-work";
import { measureCapacity } from "./measure-capacity";
import { MoonshineStream } from "./moonshine-stream";
import { PartialPace } from "./partial-pace";
import { RunQueue } from "./run-queue";
import { FileWork } from "./segment-work";
import { Witness } from "./witness";

/** What the engine works with, on the same thread. */
export type MoonshineParts = {
  activity: VoiceActivityDetector;
  /** A recogniser that must hear a word too; closed by this engine. */
  witness: RecognizerEngine;
  clock: Clock;
};

/**
 * Moonshine run on the calling thread. It invents words for sounds that are none, so they pass three
 * gates: voice activity, the model's own certainty, and a witness that has heard a word too,
 * without which only what is very sure counts.
 */
export class MoonshineEngine implements RecognizerEngine {
  readonly name: string;
  readonly #model: MoonshineModel;
  readonly #parts: MoonshineParts;
  readonly #queue = new RunQueue();
  readonly #pace: PartialPace;
  readonly #streams: OpenStreams<MoonshineStream>;

  /** Rejects with `model-mismatch` when the model cannot run. The parts are the caller's until then. */
  static async load(settings: MoonshineSettings, parts: MoonshineParts): Promise<MoonshineEngine> {
    const model = await MoonshineModel.load(settings);
    try {
      return new MoonshineEngine(model, parts, await measureCapacity(model, parts.clock));
    } catch (error) {
      await model.close();
      throw error;
    }
  }

  private constructor(model: MoonshineModel, parts: MoonshineParts, capacity: number) {
    this.name = model.name;
    this.#model = model;
    this.#parts = parts;
    this.#pace = new PartialPace(parts.clock);
    this.#streams = new OpenStreams(capacity);
  }

  get remarks(): readonly string[] {
    return [...this.#model.remarks, ...this.#parts.witness.remarks];
  }

  get capacity(): number {
    return this.#streams.capacity;
  }

  get runsOn(): ExecutionProvider {
    return this.#model.runsOn;
  }

  get placements(): readonly GraphPlacement[] {
    return this.#model.placements;
  }

  async open({
    phrases = [],
    isOffline = false,
  }: RecognizerStreamOptions = {}): Promise<MoonshineStream> {
    this.#streams.requireRoom({ isOffline });
    const { activity, witness, clock } = this.#parts;
    const witnessing = new Witness(await witness.open({ isOffline }));
    try {
      this.#streams.requireOpen();
    } catch (error) {
      witnessing.close();
      throw error;
    }
    const shared = { model: this.#model, queue: this.#queue };
    const stream = new MoonshineStream({
      activity: activity.open(),
      witness: witnessing,
      work: isOffline ? new FileWork(shared) : new LiveWork({ ...shared, pace: this.#pace, clock }),
      onClose: () => {
        this.#streams.remove(stream);
      },
    });
    this.#streams.add(stream, { isOffline });
    if (phrases.length > 0) await stream.setPhrases(phrases);
    return stream;
  }

  /** Its runs are those of one stream each. */
  batchSizes(): BatchSizes {
    return new Map([[1, this.#queue.runs]]);
  }

  close(): Promise<void> {
    return this.#streams.close(async () => {
      await this.#queue.close();
      await this.#parts.witness.close();
      await this.#model.close();
    });
  }
}
