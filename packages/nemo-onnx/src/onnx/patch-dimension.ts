import { decodeValue } from "./decode-messages";
import { encodeValueInfo, concatenate, replaceFields } from "./replace-fields";

/**
 * Declares one dimension of a graph's input as dynamic. An exporter may declare the batch size of
 * its example instead: the second state of NeMo's prediction network is declared [layers, 1, width]
 * though the graph accepts any batch, and onnxruntime then refuses other batch sizes.
 *
 * @param name the dimension's name, as other inputs declare it
 * @returns the patched model; weights are copied undecoded
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
