import { readFileSync } from "node:fs";
import { z } from "zod";

const packageSchema = z.object({ version: z.string() });

/**
 * Version in an app's package.json, for people.
 *
 * @param place `new URL("../package.json", import.meta.url)`, from source and from a build alike
 */
export function packageVersion(place: URL): string {
  return packageSchema.parse(JSON.parse(readFileSync(place, "utf8"))).version;
}
