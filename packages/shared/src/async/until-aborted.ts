/**
 * The same items, but an abort ends the waiting for a source that may never say anything more. The
 * source is told to return in any case, and not waited for.
 *
 * @throws the signal's reason; what the source throws
 */
export async function* untilAborted<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
  });
  // It may come when nobody waits; the loop's first line tells of it then.
  aborted.catch(() => undefined);
  signal.addEventListener("abort", onAbort);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      // Lost to the abort, its failure is no longer of interest.
      next.catch(() => undefined);
      const item = await Promise.race([next, aborted]);
      if (item.done === true) return;
      yield item.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    iterator.return?.().catch(() => undefined);
  }
}
