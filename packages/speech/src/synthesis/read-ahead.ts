/**
 * Passes on what `source` yields, asking for up to `count` items before they are wanted. Ends the
 * source when the consumer leaves; rejects with the signal's reason when aborted, even while the
 * source waits for something of its own.
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
  // Nobody may be waiting when it rejects.
  aborted.catch(() => undefined);
  const asked: Promise<IteratorResult<Item, void>>[] = [];
  try {
    for (;;) {
      signal.throwIfAborted();
      while (asked.length <= count) {
        const next = source.next();
        next.catch(() => undefined);
        asked.push(next);
      }
      const result = await Promise.race([asked.shift() ?? aborted, aborted]);
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    listening.abort();
    // Not awaited: a source that waits for its own input cannot end before that comes.
    source.return().catch(() => undefined);
  }
}
