import { AppError } from "@parley/shared/errors";
import type { ReplyOf } from "@parley/threads/calls";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { ThreadClient } from "@parley/threads/thread-client";
import type { Recognizer, RecognizerStreamOptions } from "../../contracts/recognizer";
import type { RecognizerCalls } from "./recognizer-calls";
import type { TransducerSettings } from "../transducer-settings";
import { ThreadedStream } from "./threaded-stream";

/** Beyond any wait that a loaded machine causes: half a minute of sound takes under a second. */
const silenceLimitMs = 20_000;
/** A pass over a whole recording with a full-size model is one single step. */
const offlineSilenceLimitMs = 30 * 60_000;

/** The recogniser as the main thread sees it: every call goes to the recogniser's thread. */
export class ThreadedRecognizer implements Recognizer {
  readonly name: string;
  /** What an operator should know of the model: a fallback taken, a guess not made. */
  readonly remarks: readonly string[];
  readonly #thread: ThreadClient<RecognizerCalls>;
  #nextStream = 1;
  #isClosed = false;

  /** Rejects with `model-mismatch` when the model cannot run. */
  static async open(
    settings: TransducerSettings,
    signal?: AbortSignal,
  ): Promise<ThreadedRecognizer> {
    const thread = await ThreadClient.open<RecognizerCalls>(
      {
        name: "recogniser",
        launch: launchThread({
          entry: threadEntry(import.meta.url, "./recognizer.thread.ts"),
          settings,
        }),
        restart: restartAtOnce,
        silenceLimitMs: settings.isOffline ? offlineSilenceLimitMs : silenceLimitMs,
      },
      signal,
    );
    return new ThreadedRecognizer(thread, await thread.call("describe", undefined));
  }

  private constructor(
    thread: ThreadClient<RecognizerCalls>,
    { name, remarks }: ReplyOf<RecognizerCalls, "describe">,
  ) {
    this.#thread = thread;
    this.name = name;
    this.remarks = remarks;
  }

  async open(options: RecognizerStreamOptions = {}): Promise<ThreadedStream> {
    if (this.#isClosed) throw new AppError("invalid-state", "The recogniser is closed.");
    return await ThreadedStream.open(this.#thread, this.#nextStream++, options);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread.close();
  }
}
