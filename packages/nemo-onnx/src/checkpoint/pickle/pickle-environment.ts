/** What a pickle may name and call: everything that the machine itself does not know. */
export type PickleEnvironment = {
  /**
   * What stands for a Python global.
   *
   * @param name such as `collections.OrderedDict`
   * @returns undefined for all that is not expected: it is refused
   */
  findGlobal(name: string): unknown;
  /** What a persistent id stands for; undefined when it is none. */
  findPersistent(id: unknown): unknown;
  /** Takes an object's extra state. False when it is not expected: it is refused. */
  build(target: unknown, state: unknown): boolean;
};

/** The only kind of global that may be called. */
export class PickleFunction {
  readonly name: string;
  /** @returns undefined when the arguments are not what they should be */
  readonly call: (parameters: readonly unknown[]) => unknown;

  constructor(name: string, call: (parameters: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}
