import { AppError } from "@parley/shared/errors";
import { ThreadClient } from "@parley/threads/thread-client";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { DeviceFailure } from "../../runtime/device/device-failure";
import type { CodecCalls, CodecDescription, CodecSettings } from "./codec-calls";
import type { CodecReport, CodecStream, StreamingCodec } from "./streaming-codec";

/** Above the longest queue of pieces of a full engine. */
const silenceLimitMs = 60_000;

/** The codec in a thread of its own, for use in the decoder's thread. */
export class ThreadedCodec implements StreamingCodec {
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  readonly codebooks: number;
  readonly codes: number;
  readonly remarks: readonly string[];
  readonly #thread: ThreadClient<CodecCalls>;
  #nextStream = 1;

  /** Rejects with `model-mismatch` when the codec cannot run. */
  static async open(settings: CodecSettings): Promise<ThreadedCodec> {
    const thread = await ThreadClient.open<CodecCalls>({
      name: "codec",
      launch: launchThread({
        entry: threadEntry(import.meta.url, "./nano-codec.thread.ts"),
        settings,
      }),
      restart: restartAtOnce,
      silenceLimitMs,
    });
    return new ThreadedCodec(thread, await thread.call("describe", undefined));
  }

  private constructor(
    thread: ThreadClient<CodecCalls>,
    { sampleRate, samplesPerFrame, codebooks, codes, remarks }: CodecDescription,
  ) {
    this.#thread = thread;
    this.sampleRate = sampleRate;
    this.samplesPerFrame = samplesPerFrame;
    this.codebooks = codebooks;
    this.codes = codes;
    this.remarks = remarks;
  }

  open(): CodecStream {
    const stream = this.#nextStream++;
    const { life } = this.#thread;
    return {
      decode: async (frames) => {
        // A new thread lacks the stream's states: continuing would click.
        if (this.#thread.life !== life) {
          throw new AppError("agent-unavailable", "The codec was restarted.", {
            isRetryable: true,
          });
        }
        const answer = await this.#thread.call("decode", { stream, frames });
        if ("samples" in answer) return answer.samples;
        const { provider, reason } = answer.failure;
        // The decoder's thread ends with it, and the next one leaves the device alone.
        throw new DeviceFailure(provider, "codec.onnx", new Error(reason));
      },
      close: () => {
        // A dead thread has no stream to close.
        this.#thread.call("close", { stream }).catch(() => undefined);
      },
    };
  }

  async report(): Promise<CodecReport> {
    const now = this.#thread.call("describe", undefined);
    // A thread that has just died is put in place anew, and has run nothing yet.
    return await now.catch(() => ({ remarks: this.remarks, placements: [] }));
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
