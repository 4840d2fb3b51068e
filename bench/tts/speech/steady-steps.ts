/**
 * Durations of the steps while all streams were stepping: from the start of the last one until the
 * end of the first one.
 *
 * @param times of each stream's steps, in milliseconds, rising
 * @returns one interval less than there were common steps; none when streams did not overlap
 */
export function steadySteps(times: readonly (readonly number[])[]): number[] {
  const begins = times.map((ofStream) => ofStream[0] ?? Infinity);
  const lastBegin = Math.max(...begins);
  const firstEnd = Math.min(...times.map((ofStream) => ofStream.at(-1) ?? -Infinity));
  const common = (times[begins.indexOf(lastBegin)] ?? []).filter((time) => time <= firstEnd);
  return common.slice(1).map((time, index) => time - (common[index] ?? time));
}
