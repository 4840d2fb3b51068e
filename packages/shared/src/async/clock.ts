/** Clock, injected so that tests control time. */
export type Clock = {
  /** Unix time in milliseconds, with fractions, monotonic within a process. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `ms`; the returned function cancels it. */
  schedule(ms: number, callback: () => void): () => void;
};

/** The process's own clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  schedule(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  delay(ms, signal) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, ms);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  },
};
