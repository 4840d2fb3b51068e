import type { DeviceEvent } from "../runtime/device/device-event";
import type { ThreadClient } from "@parley/threads/thread-client";
import type { PartialRecognition, Recognition } from "../contracts/recognizer";
import type { RecognizerCalls } from "./recognizer-calls";
import type { HostedStream } from "./recognizer-host";

/** One stream in one life of a recogniser's thread. */
export class ThreadStream implements HostedStream {
  readonly #thread: ThreadClient<RecognizerCalls, DeviceEvent>;
  readonly #stream: number;
  readonly #life: number;

  constructor(thread: ThreadClient<RecognizerCalls, DeviceEvent>, stream: number) {
    this.#thread = thread;
    this.#stream = stream;
    this.#life = thread.life;
  }

  get isLost(): boolean {
    return this.#thread.life !== this.#life || !this.#thread.isReady;
  }

  write(samples: Int16Array): Promise<PartialRecognition> {
    return this.#thread.call("write", { stream: this.#stream, samples });
  }

  peekFinal(): Promise<Recognition> {
    return this.#thread.call("peek-final", { stream: this.#stream });
  }

  finish(): Promise<Recognition> {
    return this.#thread.call("finish", { stream: this.#stream });
  }

  async reset(): Promise<void> {
    await this.#thread.call("reset", { stream: this.#stream });
  }

  async setPhrases(phrases: readonly string[]): Promise<void> {
    await this.#thread.call("set-phrases", { stream: this.#stream, phrases });
  }

  close(): void {
    // A thread that is gone has forgotten the stream anyway.
    if (this.isLost) return;
    this.#thread.call("close", { stream: this.#stream }).catch(() => undefined);
  }
}
