import { BinaryReader } from "@bufbuild/protobuf/wire";
import { decodeModel } from "./decode-model";
import { GraphIndex } from "./graph-index";
import type { OnnxNode } from "./onnx-model";
import { delimited, encodeValueInfo, concatenate, replaceFields } from "./replace-fields";

/** Name of the input that the patch adds: int64 [1], pre-encoded frames to drop. */
const dropExtraInput = "drop_extra";

/** Frames that NeMo's export always drops: `streaming_cfg.drop_extra_pre_encoded`. */
const bakedDrop = 2n;
/** Lower bound of a slice end that means "to the end": exporters write about the largest int64. */
const openEnd = 2n ** 31n - 1n;

/**
 * Makes the dropped frames of NeMo's cache-aware export an input. The export drops the first two
 * pre-encoded frames of *every* chunk, though a stream's first chunk repeats none that could be
 * dropped. The patch finds the slice that drops them and the subtraction that shortens the lengths
 * to match, and lets both read a new int64 [1] input, `drop_extra`. Everything else, weights
 * included, is copied undecoded.
 *
 * @param signal name of the feature input
 * @param length name of the input with the number of feature frames
 * @returns the patched model; null unless there is exactly one such slice and one such subtraction
 * @throws ModelError as `decodeModel` does
 */
export function patchDropExtra(
  bytes: Uint8Array,
  { file, signal, length }: { file: string; signal: string; length: string },
): Uint8Array | null {
  const { graph } = decodeModel(bytes, file);
  const index = new GraphIndex({ nodes: graph.nodes, constants: graph.initializers });
  const slice = onlyOne(graph.nodes.filter((node) => dropsFrames(node, index, signal)));
  const shortening = onlyOne(graph.nodes.filter((node) => shortens(node, index, length)));
  if (slice === null || shortening === null) return null;
  const patched = new Set([slice.outputs[0], shortening.outputs[0]]);

  const input = encodeValueInfo({ name: dropExtraInput, elementType: "int64", dims: [1] });
  return concatenate(
    replaceFields(bytes, (field, graphBytes) => {
      if (field !== 7) return null;
      const pieces = replaceFields(graphBytes, (part, node) =>
        part === 1 && patched.has(firstOutput(node)) ? [withSecondInput(node)] : null,
      );
      return [...pieces, ...delimited(11, [input])];
    }),
  );
}

/** True for `x[:, 2:]` of a value computed from the features. */
function dropsFrames({ operator, inputs }: OnnxNode, index: GraphIndex, signal: string): boolean {
  const [data, start, end, axis, step] = inputs;
  if (operator !== "Slice" || data === undefined || index.integerOf(start) !== bakedDrop) {
    return false;
  }
  const reach = index.integerOf(end);
  const isOpen = reach !== null && reach >= openEnd;
  const isWhole = step === undefined || index.integerOf(step) === 1n;
  return isOpen && isWhole && index.integerOf(axis) === 1n && index.descendsFrom(data, signal);
}

/** True for `lengths - 2`, of lengths computed from the feature frames. */
function shortens({ operator, inputs }: OnnxNode, index: GraphIndex, length: string): boolean {
  const [lengths, amount] = inputs;
  if (operator !== "Sub" || lengths === undefined) return false;
  return index.integerOf(amount) === bakedDrop && index.descendsFrom(lengths, length);
}

function onlyOne(nodes: readonly OnnxNode[]): OnnxNode | null {
  const [node] = nodes;
  return nodes.length === 1 && node !== undefined ? node : null;
}

function firstOutput(node: Uint8Array): string | undefined {
  const reader = new BinaryReader(node);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 2) return reader.string();
    reader.skip(wireType, field);
  }
  return undefined;
}

/** The node with `drop_extra` as its second input: the start of a slice, or the subtrahend. */
function withSecondInput(node: Uint8Array): Uint8Array {
  let position = 0;
  const pieces = replaceFields(node, (field) => {
    if (field !== 1 || ++position !== 2) return null;
    return [new TextEncoder().encode(dropExtraInput)];
  });
  return concatenate(pieces);
}
