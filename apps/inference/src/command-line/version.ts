import { readFileSync } from "node:fs";
import { z } from "zod";

const packageSchema = z.object({ version: z.string() });

/** The version in the inference app's package.json, from source and from a build alike. */
export function parleyVersion(): string {
  const isSource = import.meta.url.endsWith(".ts");
  const place = new URL(isSource ? "../../package.json" : "../package.json", import.meta.url);
  return packageSchema.parse(JSON.parse(readFileSync(place, "utf8"))).version;
}
