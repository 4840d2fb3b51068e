/** Sums of counts over things that come and go. The counts of those that are gone stay in it. */
export class LastingCounts<Name extends string> {
  readonly #present = new Set<{ readonly counts: Readonly<Record<Name, number>> }>();
  readonly #gone: Record<Name, number>;

  /** @param zero every count at 0 */
  constructor(zero: Readonly<Record<Name, number>>) {
    this.#gone = { ...zero };
  }

  /** @returns a function to be called when the thing is gone; idempotent */
  add(counted: { readonly counts: Readonly<Record<Name, number>> }): () => void {
    this.#present.add(counted);
    return () => {
      if (this.#present.delete(counted)) this.#addTo(this.#gone, counted.counts);
    };
  }

  /** Of all that were ever added. */
  get totals(): Record<Name, number> {
    const totals = { ...this.#gone };
    for (const { counts } of this.#present) this.#addTo(totals, counts);
    return totals;
  }

  #addTo(sums: Record<Name, number>, counts: Readonly<Record<Name, number>>): void {
    for (const name in sums) sums[name] += counts[name];
  }
}
