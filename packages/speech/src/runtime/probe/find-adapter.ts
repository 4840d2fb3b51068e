import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { type Adapter, adapterSchema } from "./adapter";
import { driverKey } from "./driver-key";
import { tryWebgpu } from "./try-webgpu";

export type FindAdapterOptions = {
  /** Where the last outcome is kept. */
  file: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Replaces the trial and the key, in tests. */
  tryOut?: (environment: NodeJS.ProcessEnv, signal: AbortSignal) => Promise<Adapter>;
  keyOf?: (environment: NodeJS.ProcessEnv) => Promise<string>;
};

const keptSchema = z.object({ key: z.string(), adapter: adapterSchema });

/**
 * The adapter that WebGPU would compute on. A trial is made once for each driver: its outcome is kept,
 * a crash too. Where there is none, it is looked for again every time, since nothing is quicker.
 */
export async function findAdapter({
  file,
  environment,
  signal,
  tryOut = tryWebgpu,
  keyOf = driverKey,
}: FindAdapterOptions): Promise<Adapter> {
  const key = await keyOf(environment);
  const kept = await readKept(file);
  if (kept?.key === key) return kept.adapter;
  const adapter = await tryOut(environment, signal);
  if (isWorthKeeping(adapter)) await keep(file, { key, adapter });
  return adapter;
}

function isWorthKeeping(adapter: Adapter): boolean {
  return adapter.kind !== "none" || adapter.reason.startsWith("its driver ended");
}

async function readKept(file: string): Promise<z.infer<typeof keptSchema> | null> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null;
  }
}

/** A cache that cannot be written costs a trial at the next start, and nothing else. */
async function keep(file: string, kept: z.infer<typeof keptSchema>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, JSON.stringify(kept));
    await rename(fresh, file);
  } catch {
    return;
  }
}
