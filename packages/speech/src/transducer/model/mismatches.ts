import { AppError } from "@parley/shared/errors";

/** What a source says of a model: a file and its value, so that a contradiction names both. */
export type Claim<Value> = { readonly value: Value; readonly source: string };

/** Everything that is wrong with a model, gathered so that one error can tell it all. */
export class Mismatches {
  readonly #lines: string[] = [];

  add(line: string): void {
    // One cause may show in several places.
    if (!this.#lines.includes(line)) this.#lines.push(line);
  }

  /** Notes when two numbers of which both are known differ. */
  requireEqual(what: string, found: number | null, expected: number | null): void {
    if (found !== null && expected !== null && found !== expected) {
      this.add(`${what}: ${found} and ${expected}`);
    }
  }

  /** The value that all sources agree on; null, noted, when they do not; null when none tells. */
  agree<Value>(what: string, claims: readonly Claim<Value>[]): Value | null {
    const [first] = claims;
    if (first === undefined) return null;
    const told = (value: Value) => JSON.stringify(value);
    const other = claims.find(({ value }) => told(value) !== told(first.value));
    if (other === undefined) return first.value;
    this.add(
      `${what}: ${told(first.value)} in ${first.source}, ${told(other.value)} in ${other.source}`,
    );
    return null;
  }

  /** @throws AppError `model-mismatch` naming everything noted so far */
  throwIfAny(): void {
    if (this.#lines.length > 0) throw new AppError("model-mismatch", this.#lines.join("; "));
  }
}
