import type { OnnxModel, OnnxNode, OnnxTensor } from "./onnx-model";

/** A cache that a graph is given whole, and of which it returns only what is to be appended. */
export type GrowingState = {
  /** The input with the past. */
  past: string;
  /** The output with the new part. */
  added: string;
  /** Name of the output that takes its place: the past with the new part behind it. */
  whole: string;
  /** Axis along which it grows. */
  axis: number;
  /** Newest entries along the axis that are kept; null to keep all. */
  kept: number | null;
};

/**
 * A graph that returns whole caches in the place of new parts, so that a cache can stay on a device
 * from run to run: nothing there could append to it otherwise.
 *
 * @throws TypeError when the graph lacks an input or output
 */
export function withWholeStates(model: OnnxModel, states: readonly GrowingState[]): OnnxModel {
  const { graph } = model;
  const byAdded = new Map(states.map((state) => [state.added, state]));
  const outputs = graph.outputs.map((output) => {
    const state = byAdded.get(output.name);
    const past = graph.inputs.find(({ name }) => name === state?.past);
    if (state === undefined) return output;
    if (past === undefined) throw new TypeError(`the graph has no input ${state.past}`);
    const dims = past.dims.map((dim, axis) =>
      axis === state.axis ? (state.kept ?? `${state.whole}_length`) : dim,
    );
    return { ...past, name: state.whole, dims };
  });
  for (const { added } of states) {
    if (!graph.outputs.some(({ name }) => name === added)) {
      throw new TypeError(`the graph has no output ${added}`);
    }
  }
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...states.flatMap(appendingNodes)],
      outputs,
      initializers: [...graph.initializers, ...states.flatMap(bounds)],
    },
  };
}

function appendingNodes({ past, added, whole, axis, kept }: GrowingState): OnnxNode[] {
  const all = kept === null ? whole : `${whole}/all`;
  const common = { domain: "", attributes: {} };
  const concat: OnnxNode = {
    ...common,
    operator: "Concat",
    name: `${whole}/Concat`,
    inputs: [past, added],
    outputs: [all],
    attributes: { axis: { type: "int", value: axis } },
  };
  if (kept === null) return [concat];
  const inputs = [all, `${whole}/start`, `${whole}/end`, `${whole}/axis`];
  const slice = { ...common, operator: "Slice", name: `${whole}/Slice`, inputs, outputs: [whole] };
  return [concat, slice];
}

function bounds({ whole, axis, kept }: GrowingState): OnnxTensor[] {
  if (kept === null) return [];
  return [
    integer(`${whole}/start`, BigInt(-kept)),
    integer(`${whole}/end`, BigInt(Number.MAX_SAFE_INTEGER)),
    integer(`${whole}/axis`, BigInt(axis)),
  ];
}

function integer(name: string, value: bigint): OnnxTensor {
  const data = new Uint8Array(BigInt64Array.of(value).buffer);
  return { name, elementType: "int64", dims: [1], data };
}
