import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { SerialQueue } from "@parley/threads/serial-queue";
import { ThreadClient } from "@parley/threads/thread-client";
import type { EndingDetector } from "../contracts/ending-detector";
import type { SmartTurnCalls } from "./smart-turn-calls";
import { featureSamples } from "./smart-turn-features";

export type SmartTurnSettings = {
  /** The ONNX graph. */
  file: string;
  /** Threads within one operator. */
  threads: number;
};

/** Limit for a thread that hangs: a run takes about 50 ms. */
const silenceLimitMs = 10_000;

/**
 * Smart Turn v3 in its own thread, which computes for one speaker at a time: who goes on speaking
 * while others are computed for costs nothing.
 */
export class SmartTurnDetector implements EndingDetector {
  readonly name = "smart-turn-v3";
  readonly #thread: ThreadClient<SmartTurnCalls>;
  readonly #queue = new SerialQueue();

  /** Rejects with `model-mismatch` when the file is another model. */
  static async open(settings: SmartTurnSettings, signal?: AbortSignal): Promise<SmartTurnDetector> {
    const thread = await ThreadClient.open<SmartTurnCalls>(
      {
        name: "Smart Turn",
        launch: launchThread({
          entry: threadEntry(import.meta.url, "./smart-turn.thread.ts"),
          settings,
        }),
        restart: restartAtOnce,
        silenceLimitMs,
      },
      signal,
    );
    return new SmartTurnDetector(thread);
  }

  private constructor(thread: ThreadClient<SmartTurnCalls>) {
    this.#thread = thread;
  }

  async probability(sound: Int16Array, signal: AbortSignal): Promise<number> {
    const copy = sound.slice(-featureSamples);
    return await this.#queue.run(async () => {
      signal.throwIfAborted();
      const { probability } = await this.#thread.call("estimate", { sound: copy });
      signal.throwIfAborted();
      return probability;
    });
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#thread.close();
  }
}
