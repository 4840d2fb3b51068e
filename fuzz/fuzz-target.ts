import fc, { type Arbitrary } from "fast-check";
import { Budget } from "./budget";
import { fromJson, toJson, type Json } from "./corpus/json-input";

/** What a target opens once, such as a server, and then tries with one input after another. */
export type OpenTarget<Input> = {
  /** @throws when the input does harm: an error without a code, a wrong result, a client lost */
  check: (input: Input) => Promise<void> | void;
  close?: () => Promise<void> | void;
};

export type FuzzRun = {
  /** The same seed gives the same inputs. */
  seed: number;
  /** Inputs at most. */
  runs: number;
  limitMs: number;
  /** Receives every input before it is tried. */
  onInput?: (input: Json) => void;
};

/** An input that does harm, as small as it could be made. */
export type Finding = { input: Json; reason: string };

export type FuzzTarget = {
  /** As in `npm run fuzz -- NAME`, and the folder of its corpus. */
  name: string;
  /** What is tried, in a few words. */
  about: string;
  fuzz: (run: FuzzRun) => Promise<{ tried: number; finding: Finding | null }>;
  /** Tries inputs of the corpus. @throws for the first that does harm */
  retry: (inputs: readonly Json[]) => Promise<void>;
};

/**
 * Makes a target. An input is anything that JSON holds, and bytes; besides what `check` looks at, no
 * input may take more time or memory than `Budget` allows.
 */
export function fuzzTarget<Input>(options: {
  name: string;
  about: string;
  inputs: Arbitrary<Input>;
  open: () => Promise<OpenTarget<Input>> | OpenTarget<Input>;
}): FuzzTarget {
  const { name, about, inputs, open } = options;
  async function withTarget<Result>(
    use: (check: (input: Input) => Promise<void>) => Promise<Result>,
  ) {
    const target = await open();
    let inHand: Promise<void> = Promise.resolve();
    const check = async (input: Input) => {
      const budget = new Budget();
      await target.check(input);
      budget.require();
    };
    try {
      return await use((input) => (inHand = check(input)));
    } finally {
      // The time limit does not wait for it, and it must not meet a target that closes.
      await inHand.catch(() => undefined);
      await target.close?.();
    }
  }
  return {
    name,
    about,
    fuzz: ({ seed, runs, limitMs, onInput }) =>
      withTarget(async (check) => {
        const property = fc.asyncProperty(inputs, async (input) => {
          onInput?.(toJson(input));
          await check(input);
        });
        const report = await fc.check(property, {
          seed,
          numRuns: runs,
          interruptAfterTimeLimit: limitMs,
          markInterruptAsFailure: false,
        });
        const [input] = report.counterexample ?? [];
        const isHarmed = report.failed && report.counterexample !== null;
        const finding = isHarmed ? { input: toJson(input), reason: reasonOf(report) } : null;
        return { tried: report.numRuns, finding };
      }),
    retry: (saved) =>
      withTarget(async (check) => {
        // Corpus files hold what `toJson` wrote of this very target's inputs.
        for (const input of saved) await check(fromJson(input) as Input);
      }),
  };
}

function reasonOf({ errorInstance }: { errorInstance: unknown }): string {
  return errorInstance instanceof Error
    ? (errorInstance.stack ?? errorInstance.message)
    : String(errorInstance);
}
