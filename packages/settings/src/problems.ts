import { findConflicts } from "./conflicts";
import type { Settings } from "./setting";
import { shownValue } from "./shown-value";

/** A variable that keeps a server from starting. */
export type SettingProblem = {
  readonly name: string;
  /** Safe to be shown. */
  readonly value: string;
  /** What would be right: a clause for people. */
  readonly cure: string;
};

/** Problems of an environment: wrong values in the settings' order, then conflicts. */
export function findProblems(settings: Settings, environment: NodeJS.ProcessEnv): SettingProblem[] {
  const wrong = Object.entries(settings).flatMap(([name, setting]) => {
    const written = environment[name];
    if (setting.schema.safeParse(written).success) return [];
    const value = shownValue(setting, written) ?? "";
    return [{ name, value, cure: `it must be ${setting.expects}` }];
  });
  const together = findConflicts(environment).flatMap(({ names: [name, other], can }) => {
    const setting = settings[name];
    if (setting === undefined || settings[other] === undefined) return [];
    const value = shownValue(setting, environment[name]) ?? "";
    return [{ name, value, cure: `only one of this and ${other} can ${can}: unset one` }];
  });
  return [...wrong, ...together];
}

/** One line: `PORT=eighty: it must be a whole number from 0 to 65535`. */
export function problemLine({ name, value, cure }: SettingProblem): string {
  return `${name}=${value}: ${cure}`;
}
