/**
 * Tries WebGPU in a process of its own, which a broken driver may end. The sum that it computes is
 * known; what the process holds open afterwards tells which device has computed it.
 */
import { readdir, readFile, readlink } from "node:fs/promises";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { elementTypes, type OnnxNode, type OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { errorMessage } from "@parley/shared/errors";
import { onnxruntime } from "../onnxruntime";
import { FirstRunProfile } from "../placement/first-run-profile";
import type { Trial } from "./trial";

const value = (name: string): OnnxValue => ({ name, elementType: "float32", dims: [4, 4] });

const node = (operator: string, inputs: string[], output: string): OnnxNode => ({
  domain: "",
  operator,
  name: output,
  inputs,
  outputs: [output],
  attributes: {},
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

async function compute(
  nodes: readonly OnnxNode[],
  profile: FirstRunProfile | null = null,
): Promise<void> {
  const { InferenceSession, Tensor } = onnxruntime();
  const bytes = encodeModel({
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 17 },
    metadata: {},
    graph: {
      name: "trial",
      nodes,
      initializers: [],
      inputs: [value("a"), value("b")],
      outputs: [value("c")],
    },
  });
  const session = await InferenceSession.create(bytes, {
    executionProviders: ["webgpu"],
    logSeverityLevel: 4,
    ...profile?.options,
  });
  const ones = new Tensor("float32", new Float32Array(16).fill(1), [4, 4]);
  const { c } = await session.run({ a: ones, b: ones });
  const right = c?.data instanceof Float32Array && c.data.every((sum) => sum === 4);
  if (!right) throw new Error("the adapter computes wrongly");
  profile?.end(session);
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

/** Whether a profiled run says what it was computed on, as `OnnxSession` asks it. */
async function tellsPlacement(): Promise<boolean> {
  const profile = await FirstRunProfile.begin();
  if (profile === null) return false;
  try {
    await compute(product, profile);
    const placement = await profile.read("trial");
    return (placement?.nodes.webgpu ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await profile.discard();
  }
}

function tell(trial: Trial): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else {
      process.send(trial, () => {
        resolve();
      });
    }
  });
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
    return { devices, drivers, halfPrecision, tellsPlacement: false };
  } catch (error) {
    return { problem: errorMessage(error) };
  }
}

// Whoever asked may be gone before the driver has answered.
process.on("disconnect", () => {
  process.exit();
});
const trial = await attempt();
await tell(trial);
// Last: a driver that profiling ends has been found to compute all the same.
if ("devices" in trial && (await tellsPlacement())) await tell({ ...trial, tellsPlacement: true });
process.exit();
