/** How often replies that were made ahead of the end of a turn served. */
export type SpeculationCounts = {
  /** Replies begun while somebody paused. */
  readonly made: number;
  /** Of those, the ones that people heard: the wait for the chat model and the voice was saved. */
  readonly paid: number;
  /** Spoken turns whose reply was begun only after their end. */
  readonly late: number;
};

/** Counts what speculation costs and saves. Telemetry: nothing is decided by it. */
export class SpeculationTally {
  #made = 0;
  #paid = 0;
  #late = 0;
  #isSpeculative = false;

  get counts(): SpeculationCounts {
    return { made: this.#made, paid: this.#paid, late: this.#late };
  }

  /** A reply is begun. @param isSpeculative the turn that it answers may go on */
  made(isSpeculative: boolean): void {
    this.#isSpeculative = isSpeculative;
    if (isSpeculative) this.#made++;
  }

  /** The reply begun last is heard. @param isOfTurn it answers what was said, not typed */
  heard(isOfTurn: boolean): void {
    if (this.#isSpeculative) this.#paid++;
    else if (isOfTurn) this.#late++;
  }
}
