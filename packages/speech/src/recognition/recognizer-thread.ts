import type { BatchSizes } from "../contracts/batch-sizes";
import type { ThreadClient } from "@parley/threads/thread-client";
import type { GraphPlacement } from "../contracts/graph-placement";
import type { RecognizerStreamOptions } from "../contracts/recognizer";
import type { DeviceEvent } from "../runtime/device/device-event";
import type { EngineLaunch } from "../runtime/device/engine-launch";
import { openEngine } from "../runtime/device/open-engine";
import type { RecognizerCalls, RecognizerDescription } from "./recognizer-calls";
import type { HostedStream, RecognizerHost } from "./recognizer-host";
import { ThreadStream } from "./thread-stream";

export type RecognizerThreadOptions = {
  /** Of a thread whose body is `serveRecognizer`. */
  engine: EngineLaunch;
  /** Beyond the longest single step of the engine, on a loaded machine. */
  silenceLimitMs: number;
};

/** An engine in a thread of its own, replaced by a fresh one when it dies. */
export class RecognizerThread implements RecognizerHost {
  readonly #engine: EngineLaunch;
  readonly #thread: ThreadClient<RecognizerCalls, DeviceEvent>;
  #description: RecognizerDescription;
  #lastStream = 0;

  /** Rejects with `model-mismatch` when the model cannot run. */
  static async open(
    { engine, silenceLimitMs }: RecognizerThreadOptions,
    signal?: AbortSignal,
  ): Promise<RecognizerThread> {
    let opened: RecognizerThread | null = null;
    const onLost = () => {
      if (opened !== null) void opened.#describe();
    };
    const options = { name: "recogniser", silenceLimitMs, onLost };
    const thread = await openEngine<RecognizerCalls>(engine, options, signal);
    opened = new RecognizerThread(engine, thread, await thread.call("describe", undefined));
    return opened;
  }

  private constructor(
    engine: EngineLaunch,
    thread: ThreadClient<RecognizerCalls, DeviceEvent>,
    description: RecognizerDescription,
  ) {
    this.#engine = engine;
    this.#thread = thread;
    this.#description = description;
  }

  get name(): string {
    return this.#description.name;
  }

  get remarks(): readonly string[] {
    return [...this.#description.remarks, ...this.#engine.remarks];
  }

  get doubtfulBelow(): number | undefined {
    return this.#description.doubtfulBelow;
  }

  get capacity(): number | undefined {
    return this.#description.capacity;
  }

  get runsOn(): string | undefined {
    return this.#description.runsOn;
  }

  get placements(): readonly GraphPlacement[] | undefined {
    return this.#description.placements;
  }

  async open(options: RecognizerStreamOptions): Promise<HostedStream> {
    this.#lastStream += 1;
    const stream = new ThreadStream(this.#thread, this.#lastStream);
    await this.#thread.call("open", { stream: this.#lastStream, options });
    return stream;
  }

  batchSizes(): Promise<BatchSizes> {
    return this.#thread.call("batch-sizes", undefined);
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  /** Asks a fresh thread anew: it may run on another device. */
  async #describe(): Promise<void> {
    const description = this.#thread.call("describe", undefined);
    // One that dies at once is asked about by the next.
    this.#description = await description.catch(() => this.#description);
  }
}
