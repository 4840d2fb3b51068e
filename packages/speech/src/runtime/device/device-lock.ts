import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { SerialQueue } from "@parley/threads/serial-queue";

const shareName = "parley-device-lock";
const free = 0;
const taken = 1;
/** Above any run of a model; whoever waits longer waits for a device that hangs. */
const patienceMs = 60_000;

/**
 * One user at a time for a device, over all threads of the process: onnxruntime's WebGPU provider has
 * one context for all of them and guards it against nobody. Two threads that run at once end the
 * process, without a word.
 *
 * The lock's memory reaches threads as environment data, which they inherit from the thread that
 * starts them: the main thread has to load this file before it starts any.
 */
export class DeviceLock {
  readonly #word: Int32Array;
  readonly #queue = new SerialQueue();
  /** Uses of this thread within each other. */
  #depth = 0;

  /** @param word of shared memory, 0 at first */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  /** Runs `task` when the device is free. Tasks of one thread run one after another. */
  use<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(async () => {
      this.#enter();
      try {
        return await task();
      } finally {
        this.#leave();
      }
    });
  }

  /** Runs `task` at once, or blocks the thread until no other one uses the device. */
  useNow(task: () => void): void {
    this.#enter();
    try {
      task();
    } finally {
      this.#leave();
    }
  }

  #enter(): void {
    if (this.#depth === 0) {
      while (Atomics.compareExchange(this.#word, 0, free, taken) !== free) {
        if (Atomics.wait(this.#word, 0, taken, patienceMs) === "timed-out") {
          throw new Error("another model has held the device for a minute");
        }
      }
    }
    this.#depth++;
  }

  #leave(): void {
    this.#depth--;
    if (this.#depth > 0) return;
    Atomics.store(this.#word, 0, free);
    Atomics.notify(this.#word, 0, 1);
  }
}

function sharedWord(): Int32Array {
  const inherited = getEnvironmentData(shareName);
  if (inherited instanceof SharedArrayBuffer) return new Int32Array(inherited);
  const made = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  setEnvironmentData(shareName, made);
  return new Int32Array(made);
}

/** The lock of this process's WebGPU context. */
export const webgpuLock = new DeviceLock(sharedWord());
