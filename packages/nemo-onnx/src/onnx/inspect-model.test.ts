import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeModel } from "./decode-model";
import { encodeModel } from "./encode-model";
import { inspectModel } from "./inspect-model";
import type { OnnxModel } from "./onnx-model";

const encoder = fileURLToPath(new URL("../../../../models/builtin/encoder.onnx", import.meta.url));

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "parley-inspect-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function file(bytes: Uint8Array): string {
  const path = join(directory, "model.onnx");
  writeFileSync(path, bytes);
  return path;
}

describe("inspectModel", () => {
  it("returns what decoding the whole file returns, without the weights", async () => {
    const outline = await inspectModel(encoder);
    const { graph, metadata } = decodeModel(readFileSync(encoder), "encoder.onnx");
    expect(outline).toMatchObject({ file: "encoder.onnx", metadata, hasExternalData: false });
    expect(outline.inputs).toEqual(graph.inputs);
    expect(outline.outputs).toEqual(graph.outputs);
    expect(outline.nodes).toEqual(graph.nodes);
    expect(outline.constants.length).toBeLessThan(graph.initializers.length);
    expect(graph.initializers).toEqual(expect.arrayContaining([...outline.constants]));
  });

  it("leaves initialisers out of the inputs and notices external data", async () => {
    const value = { name: "weights", elementType: "float32", dims: [2] } as const;
    const path = file(
      encodeModel({
        irVersion: 8,
        producer: "",
        operatorSets: { "": 17 },
        metadata: {},
        graph: {
          name: "",
          nodes: [],
          inputs: [{ ...value, name: "signal" }, value],
          outputs: [],
          initializers: [{ ...value, data: { location: "weights.data", offset: 0, length: 8 } }],
        },
      }),
    );
    const outline = await inspectModel(path);
    expect(outline.inputs.map(({ name }) => name)).toEqual(["signal"]);
    expect(outline.hasExternalData).toBe(true);
  });

  it("refuses files that are missing, empty, truncated, or shorter than their fields state", async () => {
    const whole = readFileSync(encoder);
    const tooLong = new BinaryWriter()
      .tag(7, WireType.LengthDelimited)
      .uint32(2 ** 31)
      .finish();
    const endless = new Uint8Array(64).fill(0xff);
    for (const bytes of [new Uint8Array(0), whole.subarray(0, 5_000_000), tooLong, endless]) {
      await expect(inspectModel(file(bytes))).rejects.toMatchObject({
        code: "malformed",
        message: expect.stringContaining("model.onnx is no ONNX model") as string,
      });
    }
    await expect(inspectModel(join(directory, "none.onnx"))).rejects.toMatchObject({
      code: "malformed",
    });
  });
});

describe("decodeModel", () => {
  it("reads what encodeModel writes, without loss", () => {
    const joint = fileURLToPath(
      new URL("../../../../models/builtin/decoder_joint.onnx", import.meta.url),
    );
    const model = decodeModel(readFileSync(joint), "decoder_joint.onnx");
    expect(model.graph.nodes.length).toBeGreaterThan(20);
    const again = decodeModel(encodeModel(model), "again");
    // Comparing weights number by number would take seconds.
    const digest = ({ graph, ...rest }: OnnxModel) => ({
      ...rest,
      ...graph,
      initializers: graph.initializers.map(({ data, ...tensor }) => ({
        ...tensor,
        data: data instanceof Uint8Array ? createHash("sha256").update(data).digest("hex") : data,
      })),
    });
    expect(digest(again)).toEqual(digest(model));
  });
});
