/**
 * Passes on the items of `source`, and requests up to `count` of them ahead. Ends the source when the
 * consumer stops reading; throws the signal's reason when aborted, even while the source waits.
 */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item, void, void>,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<Item, void, void> {
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true, signal: listening.signal });
  });
  // It may reject while nobody awaits it.
  aborted.catch(() => undefined);
  const requested: Promise<IteratorResult<Item, void>>[] = [];
  try {
    for (;;) {
      signal.throwIfAborted();
      while (requested.length <= count) {
        const next = source.next();
        next.catch(() => undefined);
        requested.push(next);
      }
      const result = await Promise.race([requested.shift() ?? aborted, aborted]);
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    listening.abort();
    // Not awaited: a source that waits for its own input cannot end before that comes.
    source.return().catch(() => undefined);
  }
}
