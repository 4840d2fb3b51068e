import { planRemoval, removeModel } from "@parley/models/local/remove-model";
import type { CommandContext } from "../command-context";
import { confirm } from "./confirm";
import { requireEntry } from "./require-entry";
import { formatBytes } from "./format-bytes";

export type RemoveOptions = { yes?: true };

/** Removes models from this machine, after asking. */
export async function removeModels(
  names: readonly string[],
  { yes }: RemoveOptions,
  context: CommandContext,
): Promise<void> {
  const { environment, output, errors, clock, firstInterrupt: signal } = context;
  for (const entry of names.map(requireEntry)) {
    const { name } = entry;
    const removal = await planRemoval(entry, environment);
    if (removal === null) {
      output.write(`${name}: not on this machine\n`);
      continue;
    }
    const freed = formatBytes(removal.bytes);
    for (const path of removal.paths) errors.write(`  ${path}\n`);
    if (yes !== true && !(await confirm(`Remove ${name} (${freed})?`, context))) {
      output.write(`${name}: kept\n`);
      continue;
    }
    const onWait = () => errors.write(`parley: ${name}: another process is pulling it; waiting\n`);
    await removeModel(entry, environment, { clock, signal, onWait });
    output.write(`${name}: removed, ${freed}\n`);
  }
}
