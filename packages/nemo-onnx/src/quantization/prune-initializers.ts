import type { DeferredGraph } from "../onnx/deferred-model";

/** The graph without the initialisers that no node reads. */
export function pruneInitializers(graph: DeferredGraph): DeferredGraph {
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  return { ...graph, initializers: graph.initializers.filter(({ name }) => used.has(name)) };
}
