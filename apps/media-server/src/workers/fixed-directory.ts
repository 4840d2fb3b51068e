import { setMaxListeners } from "node:events";
import type { Clock } from "@parley/shared/async/clock";
import { workerCardPath, workerCardSchema } from "@parley/shared/protocol/worker-card";
import type { InferenceWorker, WorkerDirectory } from "../contracts/inference-worker";

export type FixedDirectoryOptions = {
  /** WebSocket bases, in the operator's order. */
  urls: readonly string[];
  /** The key that workers admit this server by; null where they need none. */
  key: string | null;
  clock: Clock;
};

/** How often each worker is asked, in ms: one that fails is out of the list after two of these. */
const pollMs = 1_000;
/** One that does not serve may be about to. */
const eagerPollMs = 300;
const answerLimitMs = 1_500;

type Listener = (workers: readonly InferenceWorker[]) => void;

/** Workers by the operator's list; each is asked every second for its card. */
export class FixedDirectory implements WorkerDirectory {
  readonly #options: FixedDirectoryOptions;
  readonly #listeners = new Set<Listener>();
  readonly #closing = new AbortController();
  #workers: readonly InferenceWorker[];

  constructor(options: FixedDirectoryOptions) {
    this.#options = options;
    setMaxListeners(0, this.#closing.signal);
    this.#workers = options.urls.map((url) => ({ url, isReady: false, card: null }));
    for (const url of options.urls) void this.#poll(url);
  }

  get workers(): readonly InferenceWorker[] {
    return this.#workers;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    return Promise.resolve();
  }

  async #poll(url: string): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      const worker = await askWorker(url, this.#options.key, signal);
      if (signal.aborted) return;
      this.#set(worker);
      try {
        await this.#options.clock.delay(worker.isReady ? pollMs : eagerPollMs, signal);
      } catch {
        return;
      }
    }
  }

  #set(worker: InferenceWorker): void {
    const before = this.#workers.find(({ url }) => url === worker.url);
    if (JSON.stringify(before) === JSON.stringify(worker)) return;
    this.#workers = this.#workers.map((known) => (known.url === worker.url ? worker : known));
    for (const listener of [...this.#listeners]) listener(this.#workers);
  }
}

/** A worker of an older version has no card; whether it serves is told by `/ready` alone. */
async function askWorker(
  url: string,
  key: string | null,
  signal: AbortSignal,
): Promise<InferenceWorker> {
  const base = url.replace(/^ws/u, "http").replace(/\/$/u, "");
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  try {
    const limit = () => AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]);
    const answer = await fetch(`${base}${workerCardPath}`, { headers, signal: limit() });
    const card = workerCardSchema.safeParse(await answer.json().catch(() => null)).data;
    if (answer.ok && card !== undefined) return { url, isReady: card.isReady, card };
    const ready = await fetch(`${base}/ready`, { signal: limit() });
    await ready.body?.cancel();
    return { url, isReady: ready.ok, card: null };
  } catch {
    return { url, isReady: false, card: null };
  }
}
