/** Where a test's server runs: an address of its own, and how a program is started there. */
export type Place = {
  readonly address: string;
  /** The command line that starts a program there, as the process that it begins. */
  command(program: string, parameters: readonly string[]): readonly [string, string[]];
};

/** This machine itself. */
export const loopback: Place = {
  address: "127.0.0.1",
  command: (program, parameters) => [program, [...parameters]],
};
