import type { WorkerCard } from "@parley/shared/protocol/worker-card";

/** An inference worker, as a directory knows it. Plain data: it crosses a thread. */
export type InferenceWorker = {
  /** WebSocket base, such as `ws://127.0.0.1:8080`. */
  url: string;
  /** False until it was found to serve. */
  isReady: boolean;
  /** What it says of itself; null while that is unknown. */
  card: WorkerCard | null;
};

/** What a room wants of its worker. */
export type WorkerWish = {
  /** A voice by its name; empty for any. */
  voice: string;
  /** BCP 47; empty for any. */
  language: string;
};

/**
 * The inference workers that there are: a fixed list, or one that workers enter themselves into. It
 * neither chooses among them nor opens links.
 */
export type WorkerDirectory = {
  /** In a stable order. */
  readonly workers: readonly InferenceWorker[];
  /** Calls back at each change. @returns a function that ends it */
  subscribe(listener: (workers: readonly InferenceWorker[]) => void): () => void;
  /** Idempotent. */
  close(): Promise<void>;
};
