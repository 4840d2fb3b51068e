/** How often each came, such as `ok: 32, too-many-requests: 32`. */
export function countCodes(codes: readonly (string | number)[]): string {
  const counts = new Map<string | number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code}: ${count}`).join(", ");
}
