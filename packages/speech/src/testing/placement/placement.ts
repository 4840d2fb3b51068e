/** Where onnxruntime computes a graph that was given to an accelerator. */
export type Placement = {
  /** Number of nodes by provider: `WebGpuExecutionProvider`, `CPUExecutionProvider`. */
  nodes: Readonly<Record<string, number>>;
  /** Nodes on the processor, as `Operator (name)`. */
  onProcessor: readonly string[];
  /** Values that the device hands to the processor in the midst of a run, and waits. */
  copiesDown: readonly string[];
  /** Values that the processor hands to the device besides the graph's inputs. */
  copiesUp: readonly string[];
};

const placedOn = /(?:Node\(s\)|All nodes) placed on \[(\w+)\]\. Number of nodes: (\d+)/u;
const node = /VerifyEachNodeIsAssignedToAnEp\]\s+(\w+ \(.*\))\s*$/u;

/** @param log what onnxruntime writes while it opens a session, at its most talkative */
export function readPlacement(log: string): Placement {
  const nodes: Record<string, number> = {};
  const onProcessor: string[] = [];
  let provider = "";
  for (const line of log.split("\n")) {
    const heading = placedOn.exec(line);
    if (heading !== null) {
      provider = heading[1] ?? "";
      nodes[provider] = Number(heading[2]);
      continue;
    }
    const name = node.exec(line)?.[1];
    if (name !== undefined && provider === "CPUExecutionProvider") onProcessor.push(name);
  }
  const copies = (way: string) =>
    Array.from(log.matchAll(new RegExp(`Add ${way} (?:before|after) (\\S+) for `, "gu")), (match) =>
      String(match[1]),
    );
  return {
    nodes,
    onProcessor,
    copiesDown: copies("MemcpyToHost"),
    copiesUp: copies("MemcpyFromHost"),
  };
}
