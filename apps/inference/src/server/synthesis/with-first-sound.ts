/**
 * Waits for the first non-empty piece, so that an earlier failure can be answered with an HTTP
 * status.
 *
 * @returns the whole sound, the first piece included; null when there is none
 * @throws errors of the source before its first sound
 */
export async function withFirstSound(
  source: AsyncGenerator<Int16Array, void, void>,
): Promise<AsyncGenerator<Int16Array, void, void> | null> {
  for (;;) {
    const result = await source.next();
    if (result.done === true) return null;
    if (result.value.length > 0) return continued(result.value, source);
  }
}

async function* continued(
  first: Int16Array,
  rest: AsyncGenerator<Int16Array, void, void>,
): AsyncGenerator<Int16Array, void, void> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}
