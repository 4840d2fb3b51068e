import type { PickleCursor } from "./pickle-cursor";

/** `torch.save` puts up to a thousand pairs there before it stores them. */
const deepestStack = 100_000;

/** A pickle machine's stack, with the marks that open a group. */
export class PickleStack {
  readonly #cursor: PickleCursor;
  readonly #values: unknown[] = [];
  readonly #marks: number[] = [];

  constructor(cursor: PickleCursor) {
    this.#cursor = cursor;
  }

  push(value: unknown): void {
    if (this.#values.length === deepestStack) throw this.#cursor.error("refused", "stack too deep");
    this.#values.push(value);
  }

  pop(): unknown {
    return this.popMany(1)[0];
  }

  /** The last `count` values, the lowest first. */
  popMany(count: number): unknown[] {
    this.#require(count);
    return this.#values.splice(this.#values.length - count);
  }

  top(): unknown {
    this.#require(1);
    return this.#values.at(-1);
  }

  mark(): void {
    if (this.#marks.length === deepestStack) throw this.#cursor.error("refused", "stack too deep");
    this.#marks.push(this.#values.length);
  }

  /** What was pushed since the last mark. */
  popGroup(): unknown[] {
    const start = this.#marks.pop();
    if (start === undefined) throw this.#cursor.error("malformed", "no mark on the stack");
    return this.#values.splice(start);
  }

  /** Values below an open mark are out of reach. */
  #require(count: number): void {
    if (this.#values.length - (this.#marks.at(-1) ?? 0) < count) {
      throw this.#cursor.error("malformed", "empty stack");
    }
  }
}
