import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@parley/shared/errors";

/**
 * The folder that holds `builtin/`: `PARLEY_MODELS` if set, otherwise the nearest `models` above
 * this file, both in the source tree and in a bundle.
 */
export function findModelsDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.PARLEY_MODELS;
  if (given !== undefined && given !== "") return given;
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const models = join(directory, "models");
    if (existsSync(join(models, "builtin"))) return models;
    const parent = dirname(directory);
    if (parent === directory) {
      throw new AppError("not-found", "no models/builtin above the program; set PARLEY_MODELS");
    }
    directory = parent;
  }
}
