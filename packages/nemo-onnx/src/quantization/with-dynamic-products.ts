import type { DeferredModel, DeferredTensor } from "../onnx/deferred-model";
import { elementTypes, type OnnxNode } from "../onnx/onnx-model";
import { columnsZero, quantizeColumns } from "./quantize-columns";
import { quantizedWeight } from "./quantized-weight";
import { replaceWeightProducts, type WeightProduct } from "./replace-weight-products";

/**
 * Multiplies in 8 bit: constant matrices with one scale per column, activations with one scale for
 * the whole tensor, found anew in every run. It rests on the standard operators alone. Streams of
 * one batch share the scale, so a result depends a little on its neighbours.
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

const zeroPoint: DeferredTensor = {
  name: "weight_zero_point",
  elementType: "uint8",
  dims: [],
  read: () => Promise.resolve(Uint8Array.of(columnsZero)),
};

function quantization(input: string): OnnxNode {
  return standard("DynamicQuantizeLinear", [input], Object.values(partsOf(input)));
}

function partsOf(input: string) {
  const name = `${input}/uint8`;
  return { values: name, scale: `${name}_scale`, zeroPoint: `${name}_zero_point` };
}

/** onnxruntime makes one operator of these four, which it knows in this order. */
function integerProduct(
  { name, input, output }: WeightProduct,
  values: string,
  scales: string,
): OnnxNode[] {
  const activations = partsOf(input);
  const sums = `${name}/sums`;
  const floatSums = `${name}/float_sums`;
  const scale = `${name}/scale`;
  return [
    standard(
      "MatMulInteger",
      [activations.values, values, activations.zeroPoint, zeroPoint.name],
      [sums],
    ),
    {
      ...standard("Cast", [sums], [floatSums]),
      attributes: { to: { type: "int", value: elementTypes.float32 } },
    },
    standard("Mul", [activations.scale, scales], [scale]),
    standard("Mul", [floatSums, scale], [output]),
  ];
}

function standard(operator: string, inputs: string[], outputs: string[]): OnnxNode {
  return { domain: "", operator, name: outputs[0] ?? "", inputs, outputs, attributes: {} };
}
