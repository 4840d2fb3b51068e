import { z } from "zod";
import type { GraphPlacement } from "../../contracts/graph-placement";

/** A node's run in onnxruntime's profile, a list of Chrome's trace events. */
const nodeRunSchema = z.object({
  cat: z.literal("Node"),
  name: z.string(),
  /** Microseconds. */
  ts: z.number(),
  args: z.object({ op_name: z.string(), provider: z.string(), node_index: z.string() }),
});
type NodeRun = z.infer<typeof nodeRunSchema>;

const ending = "_kernel_time";
/** Nodes that onnxruntime puts where a value goes from one provider to another. */
const copyDown = "MemcpyToHost";
const copyUp = "MemcpyFromHost";

/**
 * Reads from a profile which provider computed which node, and where the device had to wait.
 *
 * @param profile of one run of a session, as `endProfiling` writes it
 * @throws Error when it is no profile
 */
export function readProfile(profile: string, graph: string): GraphPlacement {
  const events = z.array(z.unknown()).parse(JSON.parse(profile));
  const runs = events
    .flatMap((event) => nodeRunSchema.safeParse(event).data ?? [])
    .filter(({ name }) => name.endsWith(ending))
    .sort((one, other) => one.ts - other.ts);
  const nodes: Record<string, number> = {};
  const inTheMidst: string[] = [];
  const seen = new Set<string>();
  let partitions = 0;
  let isWaiting = true;
  // Nodes since a value came down: in the midst only if the device goes on afterwards.
  let meanwhile: string[] = [];
  for (const run of runs) {
    const { op_name: operator } = run.args;
    const provider = providerOf(run);
    if (operator === copyDown) {
      isWaiting = true;
      continue;
    }
    if (operator === copyUp) continue;
    const title = `${operator} (${run.name.slice(0, -ending.length)})`;
    // The body of a loop runs many times.
    const isNew = !seen.has(`${run.args.node_index} ${title}`);
    seen.add(`${run.args.node_index} ${title}`);
    if (isNew) nodes[provider] = (nodes[provider] ?? 0) + 1;
    if (provider === "cpu") {
      if (isWaiting && partitions > 0 && isNew) meanwhile.push(title);
    } else if (isWaiting) {
      partitions++;
      isWaiting = false;
      inTheMidst.push(...meanwhile);
      meanwhile = [];
    }
  }
  if (seen.size === 0) throw new Error(`the profile of ${graph} tells of no node`);
  return { graph, nodes, partitions, inTheMidst };
}

/** `WebGpuExecutionProvider` as settings name it: `webgpu`. */
function providerOf({ args }: NodeRun): string {
  return args.provider.replace(/ExecutionProvider$/u, "").toLowerCase();
}
