/** @returns the groups of three figures that are not zero, highest first, with their place */
export function thousands(value: number): { group: number; power: number }[] {
  const groups: { group: number; power: number }[] = [];
  for (let power = 0, rest = value; rest > 0; power++, rest = Math.floor(rest / 1_000)) {
    const group = rest % 1_000;
    if (group > 0) groups.unshift({ group, power });
  }
  return groups;
}
