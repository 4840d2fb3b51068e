/** Seconds over which the speed is taken. */
const windowMs = 10_000;
const spacingMs = 50;

/** How fast something advances, over the last seconds, and how long the rest will take. */
export class SpeedMeter {
  readonly #points: { atMs: number; done: number }[] = [];

  /** @param done so far; where it falls, counting begins anew */
  note(done: number, atMs: number): void {
    const last = this.#points.at(-1);
    if (last !== undefined && done < last.done) this.#points.length = 0;
    const newest = this.#points.at(-1);
    // Reports come by the thousand; some tens of them a second tell as much.
    if (newest !== undefined && atMs - newest.atMs < spacingMs) newest.done = done;
    else this.#points.push({ atMs, done });
    while ((this.#points[1]?.atMs ?? atMs) < atMs - windowMs) this.#points.shift();
  }

  /** A second; null until something can be told. */
  get speed(): number | null {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < 500) return null;
    return ((last.done - first.done) / (last.atMs - first.atMs)) * 1_000;
  }

  /** @returns null while nothing moves */
  secondsUntil(total: number): number | null {
    const { speed } = this;
    const last = this.#points.at(-1);
    if (speed === null || speed === 0 || last === undefined) return null;
    return Math.max(0, total - last.done) / speed;
  }
}
