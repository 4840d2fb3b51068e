import type { DeferredModel } from "../onnx/deferred-model";
import { foldConstantProducts } from "./fold-constant-products";
import { withBlockProducts } from "./with-block-products";
import { withHalfPrecision } from "./with-half-precision";
import type { Precision } from "./precision";
import { withDynamicProducts } from "./with-dynamic-products";

/**
 * Converts a model to another precision. Inputs and outputs stay the same, in float32. Weights are
 * read one after the other, when the model is written.
 *
 * @throws ModelError `unsupported` when a tensor that is read has values that the precision cannot
 *   represent
 */
export function withPrecision(model: DeferredModel, precision: Precision): DeferredModel {
  switch (precision) {
    case "fp32":
      return foldConstantProducts(model);
    case "fp16":
      return withHalfPrecision(foldConstantProducts(model));
    case "int8":
      return withBlockProducts(foldConstantProducts(model), 8);
    case "int8-dynamic":
      return withDynamicProducts(foldConstantProducts(model));
    case "int4":
      return withBlockProducts(foldConstantProducts(model), 4);
  }
}
