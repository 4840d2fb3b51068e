import { AppError } from "@parley/shared/errors";
import { ThreadClient } from "../../../runtime/thread-client";
import { threadEntry } from "../../../runtime/thread-entry";
import type { CodecCalls, CodecSettings } from "./codec-calls";
import type { CodecStream, StreamingCodec } from "./streaming-codec";

/** Beyond any queue of pieces that a full engine makes. */
const silenceLimitMs = 60_000;

/** The codec in a thread of its own, as the decoder's thread sees it. */
export class ThreadedCodec implements StreamingCodec {
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  readonly codebooks: number;
  readonly codes: number;
  readonly #thread: ThreadClient<CodecCalls>;
  #nextStream = 1;

  /** Rejects with `model-mismatch` when the codec cannot run. */
  static async open(settings: CodecSettings): Promise<ThreadedCodec> {
    const thread = await ThreadClient.open<CodecCalls>({
      name: "codec",
      entry: threadEntry(import.meta.url, "./nano-codec.thread.ts"),
      settings,
      silenceLimitMs,
    });
    return new ThreadedCodec(thread, await thread.call("describe", undefined));
  }

  private constructor(
    thread: ThreadClient<CodecCalls>,
    { sampleRate, samplesPerFrame, codebooks, codes }: CodecCalls["describe"]["reply"],
  ) {
    this.#thread = thread;
    this.sampleRate = sampleRate;
    this.samplesPerFrame = samplesPerFrame;
    this.codebooks = codebooks;
    this.codes = codes;
  }

  open(): CodecStream {
    const stream = this.#nextStream++;
    const { life } = this.#thread;
    return {
      decode: async (frames) => {
        // A fresh thread knows nothing of what came before: going on would click.
        if (this.#thread.life !== life) {
          throw new AppError("agent-unavailable", "The codec was restarted.", {
            isRetryable: true,
          });
        }
        return (await this.#thread.call("decode", { stream, frames })).samples;
      },
      close: () => {
        // A thread that is gone has forgotten the stream anyway.
        this.#thread.call("close", { stream }).catch(() => undefined);
      },
    };
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
