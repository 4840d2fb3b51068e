/** Header with the operator's key; none without a key. */
export function authorization(operatorKey: string | null): Record<string, string> {
  return operatorKey === null ? {} : { authorization: `Bearer ${operatorKey}` };
}
