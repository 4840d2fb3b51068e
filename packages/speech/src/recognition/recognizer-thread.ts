import type { Launch } from "@parley/threads/launch/launch";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { ThreadClient } from "@parley/threads/thread-client";
import type { BatchSizes } from "../contracts/batch-sizes";
import type { RecognizerStreamOptions } from "../contracts/recognizer";
import type { RecognizerCalls, RecognizerDescription } from "./recognizer-calls";
import type { HostedStream, RecognizerHost } from "./recognizer-host";
import { ThreadStream } from "./thread-stream";

export type RecognizerThreadOptions = {
  /** Of a thread whose body is `serveRecognizer`. */
  launch: Launch;
  /** Beyond the longest single step of the engine, on a loaded machine. */
  silenceLimitMs: number;
};

/** An engine in a thread of its own, replaced by a fresh one when it dies. */
export class RecognizerThread implements RecognizerHost {
  readonly name: string;
  readonly remarks: readonly string[];
  readonly doubtfulBelow: number | undefined;
  readonly capacity: number | undefined;
  readonly #thread: ThreadClient<RecognizerCalls>;
  #lastStream = 0;

  /** Rejects with `model-mismatch` when the model cannot run. */
  static async open(
    { launch, silenceLimitMs }: RecognizerThreadOptions,
    signal?: AbortSignal,
  ): Promise<RecognizerThread> {
    const options = { name: "recogniser", launch, restart: restartAtOnce, silenceLimitMs };
    const thread = await ThreadClient.open<RecognizerCalls>(options, signal);
    return new RecognizerThread(thread, await thread.call("describe", undefined));
  }

  private constructor(
    thread: ThreadClient<RecognizerCalls>,
    { name, remarks, doubtfulBelow, capacity }: RecognizerDescription,
  ) {
    this.#thread = thread;
    this.name = name;
    this.remarks = remarks;
    this.doubtfulBelow = doubtfulBelow;
    this.capacity = capacity;
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
}
