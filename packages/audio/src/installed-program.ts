import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where programs are looked for. */
export type Place = { environment: NodeJS.ProcessEnv; platform: NodeJS.Platform };

/** Whether a program can be started by its name alone. */
export async function isInstalled(
  program: string,
  { environment, platform }: Place,
): Promise<boolean> {
  const file = platform === "win32" ? `${program}.exe` : program;
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = folders.map((folder) =>
    access(join(folder, file), constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).includes(true);
}
