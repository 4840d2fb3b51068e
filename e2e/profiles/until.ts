import { setTimeout as delay } from "node:timers/promises";

/** Asks again until the answer is what is wanted. @throws when it is not within the limit */
export async function until(
  wanted: string,
  ask: () => Promise<boolean>,
  limitMs = 120_000,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await ask().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs / 1_000} s: ${wanted}`);
    await delay(200);
  }
}

/** Whether a server answers with 200. */
export async function answers(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}
