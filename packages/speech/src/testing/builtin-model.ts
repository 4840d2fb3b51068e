import { fileURLToPath } from "node:url";

const folderOf = (name: string) =>
  fileURLToPath(new URL(`../../../../models/${name}`, import.meta.url));

/** The folder of the transducer that ships with Parley. */
export const builtinModel = folderOf("builtin");
/** The folder of the ear for people that ships with Parley. */
export const moonshineModel = folderOf("moonshine-tiny-en");
