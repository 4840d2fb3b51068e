import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../scripts/system/folders.mjs";

/** LiveKit's agents for Node, with the plugin for OpenAI's API and what both have to be given. */
export const livekitPackages = [
  "@livekit/agents@1.9.0",
  "@livekit/agents-plugin-openai@1.9.0",
  "@livekit/rtc-node@0.13.34",
  "zod@4.6.7",
] as const;

/** Folder in the cache where they are installed; another set of them has another one. */
export const livekitFolder = join(
  cacheFolder(),
  "clients-livekit",
  livekitPackages.map((name) => name.replace(/^.*@/u, "")).join("-"),
);

/** Written once they are installed. */
export const livekitStamp = join(livekitFolder, "complete");

/** They are there. */
export function hasLivekit(): boolean {
  return existsSync(livekitStamp);
}
