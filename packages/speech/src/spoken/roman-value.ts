/** @returns the value of a Roman numeral up to 399 */
export function romanValue(roman: string): number {
  const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  let sum = 0;
  let last = 0;
  for (const letter of Array.from(roman).reverse()) {
    const value = values[letter] ?? 0;
    sum += value < last ? -value : value;
    last = value;
  }
  return sum;
}
