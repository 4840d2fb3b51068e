import { readFileSync } from "node:fs";
import { z } from "zod";

const packageSchema = z.object({ version: z.string() });

/** The version in this app's package.json, from source and from a build alike. */
export function inferenceVersion(): string {
  const place = new URL("../package.json", import.meta.url);
  return packageSchema.parse(JSON.parse(readFileSync(place, "utf8"))).version;
}
