import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from "@parley/nemo-onnx/onnx/onnx-model";

/** Change of NeMo's exported encoder into NeMo's export of another model. */
export type Change = (model: OnnxModel) => OnnxModel;

/** Modules that may have a bias: all in the layers but the projection of positions. */
const biased = /^\/(layers\.\d+\/.*(?:linear(?:1|2|_[qkv]|_out)|_conv\d?))\/(?:MatMul|Conv)$/;

/** Replaces the constants for the length of a chunk. */
export function withRightContext(frames: number): Change {
  const leftContext = 70;
  return (model) =>
    changeNodes(model, (node) => {
      if (node.name === "/Div") return withInput(node, 1, int32Scalar(frames + 1));
      if (node.name === "/LessOrEqual") {
        return withInput(node, 1, int64(Math.floor(leftContext / (frames + 1)), []));
      }
      if (node.outputs[0] === "outputs") return withInput(node, 2, int64(frames + 1, [1]));
      if (node.outputs[0] === "encoded_lengths") return withInput(node, 2, int64(frames + 1, []));
      return null;
    });
}

/** Export with `use_bias`. An exporter keeps one of equal weights, and copies it. */
export const withBiases: Change = (model) => {
  const firsts = new Map<number, string>();
  const dims = new Map(model.graph.initializers.map((tensor) => [tensor.name, tensor.dims]));
  return changeNodes(model, (node) => {
    const module = biased.exec(node.name)?.[1]?.replaceAll("/", ".");
    const weight = dims.get(node.inputs[1] ?? "");
    if (module === undefined || weight === undefined) return null;
    const isProduct = node.operator === "MatMul";
    const length = weight[isProduct ? 1 : 0] ?? 0;
    const bias = floats(`${module}.bias`, [length]);
    const first = firsts.get(length);
    firsts.set(length, first ?? bias.name);
    const copies = first === undefined ? [] : [plain("Identity", [first], bias.name)];
    const initializers = first === undefined ? [bias] : [];
    if (!isProduct) {
      const inputs = [...node.inputs.slice(0, 2), bias.name];
      return { nodes: [...copies, { ...node, inputs }], initializers };
    }
    const product = `${node.name}/product`;
    const sum = plain("Add", [bias.name, product], node.outputs[0] ?? "");
    return { nodes: [...copies, { ...node, outputs: [product] }, sum], initializers };
  });
};

/** Export with `xscaling`. */
export const withScaledInput: Change = (model) =>
  changeNodes(model, (node) => {
    if (node.name !== "/Slice") return null;
    const unscaled = "/Slice/unscaled";
    const root = scalar("root", Math.sqrt(96));
    const scaled = plain("Mul", [unscaled, root.name], node.outputs[0] ?? "");
    return { nodes: [{ ...node, outputs: [unscaled] }, scaled], initializers: [root] };
  });

/**
 * Export with `conv_norm_type: batch_norm`: folded into the convolution, whose weights lose their
 * names.
 */
export const withBatchNorms: Change = (model) => {
  const initializers = model.graph.initializers.filter(({ name }) => !name.includes("batch_norm"));
  const named = { ...model, graph: { ...model.graph, initializers } };
  return changeNodes(named, (node) => {
    if (node.name.endsWith("/batch_norm/LayerNormalization")) {
      return { nodes: [plain("Identity", [node.inputs[0] ?? ""], node.outputs[0] ?? "")] };
    }
    if (!node.name.endsWith("/depthwise_conv/Conv")) return null;
    const weight = named.graph.initializers.find(({ name }) => name === node.inputs[1]);
    if (weight === undefined) return null;
    const anonymous = { ...weight, name: `onnx::Conv_${weight.name}` };
    const bias = floats(`onnx::Conv_${node.name}`, [96]);
    const inputs = [node.inputs[0] ?? "", anonymous.name, bias.name];
    return {
      nodes: [{ ...node, inputs }],
      initializers: [anonymous, bias],
      removed: [weight.name, node.inputs[2] ?? ""],
    };
  });
};

/** Nodes that replace one, and weights added or removed with it. */
type Replacement = Pick<OnnxGraph, "nodes"> & {
  initializers?: readonly OnnxTensor[];
  removed?: readonly string[];
};

/** @param replace returns null to keep the node */
export function changeNodes(
  model: OnnxModel,
  replace: (node: OnnxNode) => Replacement | null,
): OnnxModel {
  const changes = model.graph.nodes.map((node) => replace(node) ?? { nodes: [node] });
  const removed = new Set(changes.flatMap((change: Replacement) => change.removed ?? []));
  const added = changes.flatMap((change: Replacement) => change.initializers ?? []);
  const kept = model.graph.initializers.filter(({ name }) => !removed.has(name));
  const nodes = changes.flatMap((change) => change.nodes);
  return { ...model, graph: { ...model.graph, nodes, initializers: [...kept, ...added] } };
}

function withInput(node: OnnxNode, index: number, tensor: Omit<OnnxTensor, "name">): Replacement {
  const name = `${node.name}/${index}`;
  const inputs = node.inputs.with(index, name);
  return { nodes: [{ ...node, inputs }], initializers: [{ ...tensor, name }] };
}

function plain(operator: string, inputs: readonly string[], output: string): OnnxNode {
  const name = `${output}/${operator}`;
  return { domain: "", operator, name, inputs, outputs: [output], attributes: {} };
}

function int64(value: number, dims: readonly number[]): Omit<OnnxTensor, "name"> {
  const data = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
  return { elementType: "int64", dims, data };
}

function int32Scalar(value: number): Omit<OnnxTensor, "name"> {
  return { elementType: "int32", dims: [], data: new Uint8Array(Int32Array.of(value).buffer) };
}

function scalar(name: string, value: number): OnnxTensor {
  const data = new Uint8Array(Float32Array.of(value).buffer);
  return { name, elementType: "float32", dims: [], data };
}

/** Arbitrary values, different for every length. */
function floats(name: string, dims: readonly [number]): OnnxTensor {
  const values = Float32Array.from(
    { length: dims[0] },
    (_, index) => 0.3 * Math.sin(index * dims[0]),
  );
  return { name, elementType: "float32", dims, data: new Uint8Array(values.buffer) };
}
