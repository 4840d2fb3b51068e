import { resolve } from "node:path";
import { folders } from "@parley/settings/declarations/folders";
import { type Finding, good, wrong } from "../finding";
import type { CheckContext } from "../check-context";
import { nearestExisting } from "../nearest-existing";

const subject = "PARLEY_DATA";

/** The folder of rooms and transcripts; it is created at first use. */
export async function checkDataFolder({ environment, machine }: CheckContext): Promise<Finding> {
  const named = folders.PARLEY_DATA.schema.parse(environment.PARLEY_DATA);
  const folder = resolve(machine.workingFolder, named);
  const standing = await nearestExisting(machine, folder);
  if ((await machine.kindOf(standing)) === "file") {
    return wrong(subject, `${standing} is a file`, "name a folder with PARLEY_DATA");
  }
  if (!(await machine.canWrite(standing))) {
    const cure = "name another folder with PARLEY_DATA, or change the owner or rights of this one";
    return wrong(subject, `${standing} cannot be written`, cure);
  }
  if (standing === folder) return good(subject, `${folder} can be written`);
  return good(subject, `${folder} will be created`);
}
