/**
 * Tries WebGPU in a process of its own, which a broken driver may end. The sum that it computes is
 * known; what the process holds open afterwards tells which device has computed it.
 */
import { readdir, readFile, readlink } from "node:fs/promises";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { elementTypes, type OnnxNode, type OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { errorMessage } from "@parley/shared/errors";
import { onnxruntime } from "../onnxruntime";
import type { Trial } from "./trial";

const value = (name: string): OnnxValue => ({ name, elementType: "float32", dims: [4, 4] });

const node = (operator: string, inputs: string[], output: string): OnnxNode => ({
  ...{ domain: "", operator, name: output, inputs, outputs: [output], attributes: {} },
});

const cast = (input: string, output: string, type: "float16" | "float32"): OnnxNode => ({
  ...node("Cast", [input], output),
  attributes: { to: { type: "int", value: elementTypes[type] } },
});

const product = [node("MatMul", ["a", "b"], "c")];
const halfProduct = [
  cast("a", "half_a", "float16"),
  cast("b", "half_b", "float16"),
  node("MatMul", ["half_a", "half_b"], "half_c"),
  cast("half_c", "c", "float32"),
];

async function compute(nodes: readonly OnnxNode[]): Promise<void> {
  const { InferenceSession, Tensor } = onnxruntime();
  const bytes = encodeModel({
    ...{ irVersion: 8, producer: "parley", operatorSets: { "": 17 }, metadata: {} },
    graph: {
      ...{ name: "trial", nodes, initializers: [] },
      ...{ inputs: [value("a"), value("b")], outputs: [value("c")] },
    },
  });
  const session = await InferenceSession.create(bytes, {
    executionProviders: ["webgpu"],
    logSeverityLevel: 4,
  });
  const ones = new Tensor("float32", new Float32Array(16).fill(1), [4, 4]);
  const { c } = await session.run({ a: ones, b: ones });
  const right = c?.data instanceof Float32Array && c.data.every((sum) => sum === 4);
  if (!right) throw new Error("the adapter computes wrongly");
}

/** A device without half precision takes the graph and fails when it runs. */
async function computesInHalf(): Promise<boolean> {
  try {
    await compute(halfProduct);
    return true;
  } catch {
    return false;
  }
}

/** What this process has open; nothing where the system does not tell. */
async function openFiles(): Promise<string[]> {
  const numbers = await readdir("/proc/self/fd").catch(() => []);
  const links = await Promise.all(
    numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => "")),
  );
  return [...new Set(links)];
}

async function loadedLibraries(): Promise<string[]> {
  const maps = await readFile("/proc/self/maps", "utf8").catch(() => "");
  return [
    ...new Set(maps.split("\n").flatMap((line) => /\/\S+\.so[.\d]*$/u.exec(line)?.[0] ?? [])),
  ];
}

async function attempt(): Promise<Trial> {
  try {
    await compute(product);
    const halfPrecision = await computesInHalf();
    const devices = (await openFiles()).filter((file) =>
      /^\/dev\/(?:nvidia\d+|dri\/|kfd|dxg)/u.test(file),
    );
    const drivers = (await loadedLibraries()).filter((file) => /vulkan_|vk_|nvidia/u.test(file));
    return { devices, drivers, halfPrecision };
  } catch (error) {
    return { problem: errorMessage(error) };
  }
}

// Whoever asked may be gone before the driver has answered.
process.on("disconnect", () => {
  process.exit();
});
const trial = await attempt();
process.send?.(trial, () => {
  process.exit();
});
