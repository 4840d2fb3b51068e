import { dirname } from "node:path";
import type { Machine } from "./machine";

/** The path itself if it exists, else its nearest ancestor that does. */
export async function nearestExisting(machine: Machine, path: string): Promise<string> {
  const above = dirname(path);
  if (above === path || (await machine.kindOf(path)) !== null) return path;
  return await nearestExisting(machine, above);
}
