/** Window over which the speed is averaged. */
const windowMs = 10_000;
const spacingMs = 50;

/** Average speed of a transfer over the last seconds, and the time left. */
export class SpeedMeter {
  readonly #points: { atMs: number; done: number }[] = [];

  /** @param done amount so far; a lower value than before restarts the measurement */
  note(done: number, atMs: number): void {
    const last = this.#points.at(-1);
    if (last !== undefined && done < last.done) this.#points.length = 0;
    const newest = this.#points.at(-1);
    // Thousands of reports come; twenty a second suffice.
    if (newest !== undefined && atMs - newest.atMs < spacingMs) newest.done = done;
    else this.#points.push({ atMs, done });
    while ((this.#points[1]?.atMs ?? atMs) < atMs - windowMs) this.#points.shift();
  }

  /** Units per second; null until half a second was measured. */
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
