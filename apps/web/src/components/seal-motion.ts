import { historyLength, sealCore, type LevelHistory, type SealMode } from "./seal-geometry";

/** Step of the motion, in ms: the same on every screen, however often it is drawn. */
const stepMs = 1_000 / 60;
/** Limit of steps after a pause in drawing: a hidden tab does not catch up. */
const maxSteps = 12;
/** Smoothing of the level per step, as a share of its difference from the measured one. */
const attack = 0.45;
const release = 0.12;
/** Level of a quiet room and its microphone's hiss, about -54 dBFS; nothing moves for it. */
export const quietLevel = 0.1;
/** Deviation too small to be seen. */
const invisible = 0.01;

/** Motion of the seal: levels that travel down the ring, and a disc that eases into its size. */
export class SealMotion {
  readonly #history = new Array<number>(historyLength).fill(0);
  #mode: SealMode;
  #core: { radius: number; fill: number };
  #remainderMs = 0;

  constructor(mode: SealMode) {
    this.#mode = mode;
    this.#core = sealCore(mode, 0);
  }

  get history(): LevelHistory {
    return this.#history;
  }

  get core(): { radius: number; fill: number } {
    return this.#core;
  }

  /** True when drawing again would show the same, as long as nothing sounds. */
  get isAtRest(): boolean {
    if (this.#mode === "thinking") return false;
    const wanted = sealCore(this.#mode, 0);
    return (
      this.#history.every((level) => level < invisible) &&
      Math.abs(this.#core.radius - wanted.radius) < 100 * invisible &&
      Math.abs(this.#core.fill - wanted.fill) < invisible
    );
  }

  /** Levels of another speaker begin anew; the disc eases over from where it is. */
  setMode(mode: SealMode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#history.fill(0);
  }

  /** Puts everything in its place at once, for people who want no motion. */
  settle(): void {
    this.#history.fill(0);
    this.#core = sealCore(this.#mode, 0);
  }

  /** Moves on by the time that has passed, at this measured level. */
  advance(measured: number, elapsedMs: number): void {
    const audible = measured < quietLevel ? 0 : measured;
    this.#remainderMs = Math.min(this.#remainderMs + elapsedMs, maxSteps * stepMs);
    while (this.#remainderMs >= stepMs) {
      this.#remainderMs -= stepMs;
      this.#step(audible);
    }
  }

  #step(level: number): void {
    const last = this.#history[0] ?? 0;
    this.#history.pop();
    this.#history.unshift(last + (level - last) * (level > last ? attack : release));
    const wanted = sealCore(this.#mode, this.#history[0] ?? 0);
    this.#core = {
      radius: this.#core.radius + (wanted.radius - this.#core.radius) * 0.25,
      fill: this.#core.fill + (wanted.fill - this.#core.fill) * 0.2,
    };
  }
}
