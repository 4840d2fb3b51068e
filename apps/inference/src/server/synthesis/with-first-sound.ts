/**
 * Waits for the first piece that holds anything, so that what fails until then can still be told
 * by a status.
 *
 * @returns the whole sound again; null when there is none
 * @throws what the source throws until then
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
