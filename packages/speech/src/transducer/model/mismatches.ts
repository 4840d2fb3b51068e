import { AppError } from "@parley/shared/errors";

/** Value that a source states of a model; the source is named when two values contradict. */
export type Claim<Value> = { readonly value: Value; readonly source: string };

/** Collection of everything that is wrong with a model, for a single error. */
export class Mismatches {
  readonly #lines: string[] = [];

  add(line: string): void {
    // One cause may be found in several places.
    if (!this.#lines.includes(line)) this.#lines.push(line);
  }

  /** Adds a mismatch when both numbers are known and differ. */
  requireEqual(what: string, found: number | null, expected: number | null): void {
    if (found !== null && expected !== null && found !== expected) {
      this.add(`${what}: ${found} and ${expected}`);
    }
  }

  /**
   * Value that all sources agree on; null without claims, or on a contradiction, which is added.
   */
  agree<Value>(what: string, claims: readonly Claim<Value>[]): Value | null {
    const [first] = claims;
    if (first === undefined) return null;
    const written = (value: Value) => JSON.stringify(value);
    const other = claims.find(({ value }) => written(value) !== written(first.value));
    if (other === undefined) return first.value;
    this.add(
      `${what}: ${written(first.value)} in ${first.source}, ${written(other.value)} in ${other.source}`,
    );
    return null;
  }

  /** @throws AppError `model-mismatch` naming everything added so far */
  throwIfAny(): void {
    if (this.#lines.length > 0) throw new AppError("model-mismatch", this.#lines.join("; "));
  }
}
