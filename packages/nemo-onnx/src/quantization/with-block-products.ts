import type { DeferredModel } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { blockLength, quantizeBlocks } from "./quantize-blocks";
import { quantizedWeight } from "./quantized-weight";
import { replaceWeightProducts, type WeightProduct } from "./replace-weight-products";

/** `accuracy_level` that lets the kernel round activations to 8 bit, block by block. */
const int8Accuracy = 4;

/**
 * Quantizes constant matrices to 4 or 8 bit with a scale for every 32 weights; products with them
 * become `MatMulNBits` of onnxruntime. Each row of activations is quantized separately, so that
 * results do not depend on the rest of the batch.
 */
export function withBlockProducts(model: DeferredModel, bits: 4 | 8): DeferredModel {
  const graph = replaceWeightProducts(model.graph, (product) => {
    const { weight, inner, columns } = product;
    const blocks = Math.ceil(inner / blockLength);
    const layout = {
      suffix: `int${bits}`,
      valueDims: [columns, blocks, (blockLength * bits) / 8],
      scaleDims: [columns, blocks],
    };
    const initializers = quantizedWeight(weight, layout, (matrix) =>
      quantizeBlocks(matrix, { inner, columns, bits }),
    );
    const [values, scales] = initializers;
    return { nodes: [blockProduct(product, values.name, scales.name, bits)], initializers };
  });
  return { ...model, operatorSets: { ...model.operatorSets, "com.microsoft": 1 }, graph };
}

function blockProduct(
  { name, input, output, inner, columns }: WeightProduct,
  values: string,
  scales: string,
  bits: 4 | 8,
): OnnxNode {
  return {
    domain: "com.microsoft",
    operator: "MatMulNBits",
    name,
    inputs: [input, values, scales],
    outputs: [output],
    attributes: {
      K: { type: "int", value: inner },
      N: { type: "int", value: columns },
      bits: { type: "int", value: bits },
      block_size: { type: "int", value: blockLength },
      accuracy_level: { type: "int", value: int8Accuracy },
    },
  };
}
