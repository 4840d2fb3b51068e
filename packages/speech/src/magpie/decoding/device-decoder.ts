import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { withWholeStates } from "@parley/nemo-onnx/onnx/with-whole-states";
import type { OnnxBytes } from "../../runtime/onnx-bytes";
import { partNames } from "./decoder-cache";

/**
 * The decoder's graph for a device on which keys and values stay: it returns whole caches in the
 * place of what is to be appended.
 */
export async function deviceDecoder(path: string, layers: number): Promise<OnnxBytes> {
  const added = partNames("new", layers);
  const whole = partNames("present", layers);
  const states = partNames("past", layers).map((past, part) => ({
    past,
    added: added[part] ?? "",
    whole: whole[part] ?? "",
    axis: 0,
    kept: null,
  }));
  const model = withWholeStates(decodeModel(await readFile(path), "decoder.onnx"), states);
  return { bytes: encodeModel(model), path, directory: dirname(path) };
}
