import { AppError } from "@parley/shared/errors";
import { findProblems, problemLine, type SettingProblem } from "./problems";
import type { Settings, ValuesOf } from "./setting";

/**
 * Reads the settings from an environment's variables.
 *
 * @throws AppError `invalid-request` that names every variable that is wrong, and what would be right
 */
export function readSettings<Chosen extends Settings>(
  settings: Chosen,
  environment: NodeJS.ProcessEnv,
): ValuesOf<Chosen> {
  const problems = findProblems(settings, environment);
  if (problems.length > 0) throw new AppError("invalid-request", complaint(problems));
  const values = Object.entries(settings).map(([name, { schema }]) => [
    name,
    schema.parse(environment[name]),
  ]);
  // Entries lose their types; each value is what its own schema gave.
  return Object.fromEntries(values) as ValuesOf<Chosen>;
}

function complaint(problems: readonly SettingProblem[]): string {
  const heading = `environment variables are wrong (npx parley doctor looks at all of them):`;
  return [heading, ...problems.map(problemLine)].join("\n  ");
}
