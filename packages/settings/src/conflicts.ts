import { given } from "./setting";

/** Variables of which only one may be set. */
export type Conflict = {
  readonly names: readonly [string, string];
  /** Completes "only one of the two can …". */
  readonly can: string;
};

/** Every pair that does not go together. */
export const conflicts: readonly Conflict[] = [
  { names: ["RECOGNIZER_URL", "RECOGNIZER_MODEL"], can: "hear" },
  { names: ["SYNTHESIZER_URL", "SYNTHESIZER_MODEL"], can: "speak" },
];

/** The conflicts of an environment. */
export function findConflicts(environment: NodeJS.ProcessEnv): Conflict[] {
  return conflicts.filter(({ names }) =>
    names.every((name) => given(environment[name]) !== undefined),
  );
}
