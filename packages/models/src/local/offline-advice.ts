import { homedir } from "node:os";
import type { ModelEntry } from "../registry/model-entry";
import { givenFolder } from "./find-present";

/** How a model comes to a machine without a network, as a sentence. */
export function offlineAdvice(entry: ModelEntry, environment: NodeJS.ProcessEnv): string {
  const folder = givenFolder(entry, environment);
  const home = homedir();
  const shown = folder.startsWith(`${home}/`) ? `~${folder.slice(home.length)}` : folder;
  const files =
    entry.format === "nemo" ? "the .nemo file" : `its files (${entry.files.join(", ")})`;
  return `Without a network: put ${files} into ${shown}`;
}
