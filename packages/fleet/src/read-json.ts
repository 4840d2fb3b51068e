/** Reads JSON that another server wrote. @returns null for what has not that form */
export function readJson<Value>(
  bytes: Uint8Array,
  schema: { safeParse(value: unknown): { data?: Value | undefined } },
): Value | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}
