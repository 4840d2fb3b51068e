import { fileURLToPath } from "node:url";

/** The folder of the recogniser that ships with Parley. */
export const builtinModel = fileURLToPath(new URL("../../../../models/builtin", import.meta.url));
