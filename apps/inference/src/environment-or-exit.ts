import { unusableSettings } from "@parley/settings/exit-code";
import { errorMessage } from "@parley/shared/errors";
import { readEnvironment, type Environment } from "./environment";
import { createLog } from "./create-log";

/** The environment; where it is not usable, the log says why and the process ends. */
export function environmentOrExit(variables: NodeJS.ProcessEnv): Environment {
  try {
    return readEnvironment(variables);
  } catch (error) {
    createLog("info", "readable").error(
      { reason: errorMessage(error) },
      "the environment is not usable",
    );
    process.exit(unusableSettings);
  }
}
