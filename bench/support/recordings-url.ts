import { pathToFileURL } from "node:url";

/** A folder that an operator names, as `loadPeople` takes it. */
export function recordingsUrl(folder: string | undefined): URL | undefined {
  return folder === undefined ? undefined : pathToFileURL(`${folder}/`);
}
