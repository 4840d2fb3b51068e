import type { DeferredModel, DeferredTensor } from "../onnx/deferred-model";
import { elementTypes, type OnnxNode } from "../onnx/onnx-model";
import { columnZeroPoint, quantizeColumns } from "./quantize-columns";
import { quantizedWeight } from "./quantized-weight";
import { replaceWeightProducts, type WeightProduct } from "./replace-weight-products";

/** Zero point of all quantized matrices. */
const zeroPoint: DeferredTensor = {
  name: "weight_zero_point",
  elementType: "uint8",
  dims: [],
  read: () => Promise.resolve(Uint8Array.of(columnZeroPoint)),
};

/**
 * Quantizes products with constant matrices to 8 bit: the matrix with one scale per column, the
 * activations with one scale per tensor, computed in every run (dynamic quantization). It needs
 * only standard operators. All streams of a batch share the activations' scale, so that results
 * depend slightly on the rest of the batch.
 */
export function withDynamicProducts(model: DeferredModel): DeferredModel {
  const quantizedInputs = new Set<string>();
  const graph = replaceWeightProducts(model.graph, (product) => {
    const { input, weight, inner, columns } = product;
    const layout = { suffix: "int8", valueDims: [inner, columns], scaleDims: [columns] };
    const [values, scales] = quantizedWeight(weight, layout, (matrix) =>
      quantizeColumns(matrix, { inner, columns }),
    );
    const isFirst = !quantizedInputs.has(input);
    quantizedInputs.add(input);
    return {
      nodes: [
        ...(isFirst ? [quantization(input)] : []),
        ...integerProduct(product, values.name, scales.name),
      ],
      initializers: [zeroPoint, values, scales],
    };
  });
  return { ...model, graph };
}

function quantization(input: string): OnnxNode {
  return standardNode("DynamicQuantizeLinear", [input], Object.values(quantizedNames(input)));
}

function quantizedNames(input: string) {
  const name = `${input}/uint8`;
  return { values: name, scale: `${name}_scale`, zeroPoint: `${name}_zero_point` };
}

/** The four nodes of a product, in the pattern that onnxruntime fuses into one operator. */
function integerProduct(
  { name, input, output }: WeightProduct,
  values: string,
  scales: string,
): OnnxNode[] {
  const activations = quantizedNames(input);
  const sums = `${name}/sums`;
  const floatSums = `${name}/float_sums`;
  const scale = `${name}/scale`;
  return [
    standardNode(
      "MatMulInteger",
      [activations.values, values, activations.zeroPoint, zeroPoint.name],
      [sums],
    ),
    {
      ...standardNode("Cast", [sums], [floatSums]),
      attributes: { to: { type: "int", value: elementTypes.float32 } },
    },
    standardNode("Mul", [activations.scale, scales], [scale]),
    standardNode("Mul", [floatSums, scale], [output]),
  ];
}

function standardNode(operator: string, inputs: string[], outputs: string[]): OnnxNode {
  return { domain: "", operator, name: outputs[0] ?? "", inputs, outputs, attributes: {} };
}
