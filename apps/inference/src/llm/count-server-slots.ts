import { z } from "zod";

const propsSchema = z.object({ total_slots: z.int().positive() });
const answerLimitMs = 5_000;

/**
 * Asks llama.cpp's server how many slots it has. Rejects never.
 *
 * @param server.baseUrl up to and including `/v1`
 * @returns null where it does not say: while it loads its model, behind a router, or another server
 */
export async function countServerSlots(
  { baseUrl, apiKey }: { baseUrl: string; apiKey: string | null },
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/u, "").replace(/\/v1$/u, "")}/props`, {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]),
    });
    return propsSchema.safeParse(await response.json()).data?.total_slots ?? null;
  } catch {
    return null;
  }
}
