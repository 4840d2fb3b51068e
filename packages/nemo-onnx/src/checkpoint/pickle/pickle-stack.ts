import type { PickleCursor } from "./pickle-cursor";

/**
 * Values on the stack at most; `torch.save` pushes up to a thousand pairs before it stores them.
 */
const depthLimit = 100_000;

/** The pickle interpreter's stack, with the marks that open a group of values. */
export class PickleStack {
  readonly #cursor: PickleCursor;
  readonly #values: unknown[] = [];
  readonly #marks: number[] = [];

  constructor(cursor: PickleCursor) {
    this.#cursor = cursor;
  }

  push(value: unknown): void {
    if (this.#values.length === depthLimit) throw this.#cursor.error("refused", "stack too deep");
    this.#values.push(value);
  }

  pop(): unknown {
    return this.popMany(1)[0];
  }

  /** Removes the last `count` values and returns them, the lowest first. */
  popMany(count: number): unknown[] {
    this.#require(count);
    return this.#values.splice(this.#values.length - count);
  }

  top(): unknown {
    this.#require(1);
    return this.#values.at(-1);
  }

  mark(): void {
    if (this.#marks.length === depthLimit) throw this.#cursor.error("refused", "stack too deep");
    this.#marks.push(this.#values.length);
  }

  /** Removes the values pushed since the last mark, and the mark. */
  popGroup(): unknown[] {
    const start = this.#marks.pop();
    if (start === undefined) throw this.#cursor.error("malformed", "no mark on the stack");
    return this.#values.splice(start);
  }

  /** Throws unless there are `count` values above the last mark. */
  #require(count: number): void {
    if (this.#values.length - (this.#marks.at(-1) ?? 0) < count) {
      throw this.#cursor.error("malformed", "empty stack");
    }
  }
}
