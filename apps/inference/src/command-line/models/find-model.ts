import { UsageError } from "../failures";
import type { ModelEntry } from "../../models/registry/model-entry";
import { findEntry, registry } from "../../models/registry/registry";

/** @throws UsageError that names what is like it, or tells how to see all */
export function requireEntry(name: string): ModelEntry {
  const entry = findEntry(name);
  if (entry !== null) return entry;
  const like = registry.filter((known) => known.name.includes(name)).map((known) => known.name);
  const help = like.length > 0 ? `is it ${like.join(", ")}?` : "see: parley models list";
  throw new UsageError(`no supported model ${name}; ${help}`);
}
