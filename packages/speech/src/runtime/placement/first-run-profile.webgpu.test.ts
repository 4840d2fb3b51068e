/** What first runs tell within the product, held against onnxruntime's own log of assignments. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { elementTypes, type OnnxNode, type OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { findPlacement } from "../../testing/placement/find-placement";
import { ProviderFallback } from "../execution-providers";
import { OnnxSession } from "../onnx-session";
import { floatTensor } from "../tensors";

const device = { tellsPlacement: true };

const value = (name: string): OnnxValue => ({ name, elementType: "float32", dims: [4] });

function node(operator: string, inputs: string[], output: string, to?: "int64" | "float32") {
  const attributes: OnnxNode["attributes"] =
    to === undefined ? {} : { to: { type: "int", value: elementTypes[to] } };
  return { domain: "", operator, name: output, inputs, outputs: [output], attributes };
}

async function profilesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith("parley-profile-"));
}

/** Sums whole numbers of 64 bits in the midst, which WebGPU cannot. */
const bouncing = encodeModel({
  irVersion: 8,
  producer: "parley",
  operatorSets: { "": 18 },
  metadata: {},
  graph: {
    name: "bouncing",
    initializers: [],
    inputs: [value("x")],
    outputs: [value("y")],
    nodes: [
      node("Mul", ["x", "x"], "squared"),
      node("Cast", ["squared"], "whole", "int64"),
      node("Add", ["whole", "whole"], "doubled"),
      node("Cast", ["doubled"], "again", "float32"),
      node("Mul", ["again", "x"], "y"),
    ],
  },
});

const model = { bytes: bouncing, path: "bouncing.onnx", directory: "." };
const x = floatTensor(Float32Array.of(1, 2, 3, 4), [4]);
const expected = [2, 16, 54, 128];

describe.skipIf(missingVulkan !== null)(underWebgpu("A graph's first run"), () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-first-run-"));
    vi.stubEnv("TMPDIR", folder);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it("leaves nothing behind where it never comes", async () => {
    const providers = new ProviderFallback(["webgpu"], device);
    const session = await OnnxSession.open(model, { threads: 1, providers });
    expect(await profilesIn(folder)).toHaveLength(1);
    await session.release();
    expect(await profilesIn(folder)).toEqual([]);
    expect(providers.placements).toEqual([]);
  });

  it("is asked of no helper, and of nothing on the processor", async () => {
    const onCard = new ProviderFallback(["webgpu"], device);
    const helper = await OnnxSession.open(model, { threads: 1, providers: onCard, isHelper: true });
    const onProcessor = new ProviderFallback([], device);
    const session = await OnnxSession.open(model, { threads: 1, providers: onProcessor });
    expect(await profilesIn(folder)).toEqual([]);
    for (const opened of [helper, session]) {
      expect([...(await opened.run({ x })).floats("y")]).toEqual(expected);
      await opened.release();
    }
    expect([onCard.placements, onProcessor.placements]).toEqual([[], []]);
  });

  it("tells what the device waits for, and every run computes the same", async () => {
    const file = join(folder, "bouncing.onnx");
    await writeFile(file, bouncing);
    const logged = await findPlacement(file);
    const providers = new ProviderFallback(["webgpu"], device);
    const session = await OnnxSession.open(file, { threads: 1, providers });
    for (let run = 0; run < 3; run++) {
      expect([...(await session.run({ x })).floats("y")]).toEqual(expected);
    }
    await session.release();
    expect(providers.placements).toMatchObject([{ graph: "bouncing.onnx", partitions: 2 }]);
    expect(providers.placements[0]?.inTheMidst).toEqual(logged.onProcessor);
    expect(logged.copiesDown).toHaveLength(1);
    expect(providers.remarks).toEqual([
      "webgpu computes bouncing.onnx in 2 partitions and waits for the processor between them: " +
        logged.onProcessor.join(", "),
    ]);
    expect(await profilesIn(folder)).toEqual([]);
  });

  it("computes all the same where no profile can be written", async () => {
    vi.stubEnv("TMPDIR", join(folder, "missing"));
    const providers = new ProviderFallback(["webgpu"], device);
    const session = await OnnxSession.open(model, { threads: 1, providers });
    expect([...(await session.run({ x })).floats("y")]).toEqual(expected);
    await session.release();
    expect(providers.placements).toEqual([]);
    expect(providers.inUse).toBe("webgpu");
  });
});
