/** The Python objects that a pickle may name and call. */
export type PickleEnvironment = {
  /**
   * The value that represents a Python global.
   *
   * @param name such as `collections.OrderedDict`
   * @returns undefined for unknown globals, which the reader refuses
   */
  findGlobal(name: string): unknown;
  /** The value that a persistent id refers to; undefined for an invalid id. */
  findPersistent(id: unknown): unknown;
  /**
   * Applies `BUILD`, an object's extra state. False for unexpected state, which the reader refuses.
   */
  build(target: unknown, state: unknown): boolean;
};

/** A global that `REDUCE` may call; there is no other kind. */
export class PickleFunction {
  readonly name: string;
  /** @returns undefined for invalid arguments */
  readonly call: (parameters: readonly unknown[]) => unknown;

  constructor(name: string, call: (parameters: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}
