import { decodeValue } from "./decode-messages";
import { encodeValueInfo, concatenate, replaceFields } from "./replace-fields";

/**
 * Declares one dimension of a graph's input free. An exporter may write down the batch of its
 * example, as in NeMo's prediction network, whose second state is declared [layers, 1, width] though
 * the graph takes any batch; onnxruntime refuses others then.
 *
 * @param name of the dimension, as it is declared for other inputs
 * @returns the patched model, weights copied through unread
 */
export function patchDimension(
  bytes: Uint8Array,
  { input, axis, name }: { input: string; axis: number; name: string },
): Uint8Array {
  return concatenate(
    replaceFields(bytes, (field, graph) => {
      if (field !== 7) return null;
      return replaceFields(graph, (part, body) => {
        if (part !== 11) return null;
        const value = decodeValue(body);
        if (value.name !== input) return null;
        return [encodeValueInfo({ ...value, dims: value.dims.with(axis, name) })];
      });
    }),
  );
}
