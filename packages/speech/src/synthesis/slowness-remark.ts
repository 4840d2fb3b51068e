const beginning = "slower than speech: ";

/**
 * What an operator should know of a voice that cannot keep up with speech: its replies then pause
 * within sentences.
 *
 * @param measured time to compute a text, and the length of its sound
 * @returns nothing when the voice is quick enough
 */
export function slownessRemark({
  computeMs,
  soundMs,
}: {
  computeMs: number;
  soundMs: number;
}): string[] {
  if (computeMs <= soundMs) return [];
  const factor = (computeMs / soundMs).toFixed(1);
  return [
    `${beginning}${factor} s for each second of sound, measured at the start; replies will halt`,
  ];
}

/** The remark of `slownessRemark` among those of a voice; null for one that keeps up. */
export function slownessIn(remarks: readonly string[]): string | null {
  return remarks.find((remark) => remark.startsWith(beginning)) ?? null;
}
