import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { OnnxBytes } from "./onnx-bytes";

/** Bytes of a graph and of the weights beside it, which is about what it takes on a device. */
export async function sizeOnDisk(model: string | OnnxBytes): Promise<number> {
  const path = typeof model === "string" ? model : join(model.directory, basename(model.path));
  const own = typeof model === "string" ? await sizeOf(path) : model.bytes.length;
  return own + (await externalBytes(path));
}

/** Exporters name the file of weights after the graph: `x.onnx.data`, `x.onnx_data`, `x.data`. */
async function externalBytes(path: string): Promise<number> {
  const folder = dirname(path);
  const stem = basename(path, ".onnx");
  const names = [`${stem}.onnx.data`, `${stem}.onnx_data`, `${stem}.data`];
  const found = (await readdir(folder).catch(() => [])).filter((name) => names.includes(name));
  const sizes = await Promise.all(found.map((name) => sizeOf(join(folder, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
