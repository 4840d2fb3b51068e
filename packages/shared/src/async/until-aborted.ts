/**
 * Passes on a source's items until an abort, also while the source is silent. The source's `return`
 * is called in any case, and not awaited.
 *
 * @throws the signal's reason; the source's errors
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
  // It may reject while nobody awaits it; the loop then throws at its first line.
  aborted.catch(() => undefined);
  signal.addEventListener("abort", onAbort);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      // After an abort its rejection is ignored.
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
