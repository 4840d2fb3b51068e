import { AppError } from "@parley/shared/errors";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { SerialQueue } from "@parley/threads/serial-queue";
import { ThreadClient } from "@parley/threads/thread-client";
import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "../contracts/voice-activity-detector";
import type { OnnxSettings } from "../runtime/onnx-session";
import type { SileroCalls } from "./silero-calls";
import { startState, windowSamples, type SileroState } from "./silero-model";

/** Limit for a thread that hangs: a step takes a fraction of a millisecond. */
const silenceLimitMs = 10_000;

/** Silero voice activity detection in its own thread. */
export class SileroDetector implements VoiceActivityDetector {
  readonly windowSamples = windowSamples;
  readonly #thread: ThreadClient<SileroCalls>;

  static async open(settings: OnnxSettings, signal?: AbortSignal): Promise<SileroDetector> {
    const thread = await ThreadClient.open<SileroCalls>(
      {
        name: "voice activity detector",
        launch: launchThread({
          entry: threadEntry(import.meta.url, "./silero.thread.ts"),
          settings,
        }),
        restart: restartAtOnce,
        silenceLimitMs,
      },
      signal,
    );
    return new SileroDetector(thread);
  }

  private constructor(thread: ThreadClient<SileroCalls>) {
    this.#thread = thread;
  }

  open(): VoiceActivityStream {
    return new SileroStream(this.#thread);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#thread.close();
  }
}

class SileroStream implements VoiceActivityStream {
  readonly #thread: ThreadClient<SileroCalls>;
  readonly #queue = new SerialQueue();
  #state: SileroState = startState();
  #isClosed = false;

  constructor(thread: ThreadClient<SileroCalls>) {
    this.#thread = thread;
  }

  step(window: Int16Array): Promise<number> {
    if (window.length !== windowSamples) {
      return Promise.reject(
        new TypeError(`window of ${window.length} samples; ${windowSamples} are needed`),
      );
    }
    const copy = window.slice();
    return this.#queue.run(async () => {
      if (this.#isClosed) {
        throw new AppError("invalid-state", "The voice activity stream is closed.");
      }
      // The state is copied, not moved: after a failed step the stream continues from it.
      const request = { window: copy, state: this.#state };
      const { probability, state } = await this.#thread.call("step", request);
      this.#state = state;
      return probability;
    });
  }

  reset(): void {
    // Queued, since steps before the reset still belong to the old state.
    void this.#queue.run(() => {
      this.#state = startState();
      return Promise.resolve();
    });
  }

  close(): void {
    this.#isClosed = true;
  }
}
