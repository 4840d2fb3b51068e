import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../archive/testing/temporary-folder";
import { openSafetensors } from "./open-safetensors";

const folder = new TemporaryFolder();

/** @param headerBytes the header length that the file states, in place of the true one */
function write(header: unknown, data: Uint8Array, headerBytes?: bigint): string {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(headerBytes ?? BigInt(text.length));
  return folder.write("a.safetensors", Buffer.concat([length, text, data]));
}

const entry = (dtype: string, shape: readonly number[], ...offsets: [number, number]) => ({
  dtype,
  shape,
  data_offsets: offsets,
});

describe("openSafetensors", () => {
  it("reads tensors of every supported type", async () => {
    const data = Buffer.concat([
      new Uint8Array(Float32Array.of(1, 2).buffer),
      new Uint8Array(Uint16Array.of(0x3c00, 0x3f80).buffer),
      new Uint8Array(Float64Array.of(3).buffer),
      new Uint8Array(BigInt64Array.of(4n).buffer),
      new Uint8Array(Int32Array.of(5).buffer),
      Uint8Array.of(1, 0),
    ]);
    const header = {
      __metadata__: { format: "pt" },
      whole: entry("I64", [], 20, 28),
      half: entry("F16", [1], 8, 10),
      matrix: entry("F32", [2, 1], 0, 8),
      brain: entry("BF16", [1, 1], 10, 12),
      double: entry("F64", [1], 12, 20),
      int: entry("I32", [1], 28, 32),
      flags: entry("BOOL", [2], 32, 34),
      empty: entry("F32", [0, 3], 34, 34),
    };
    const opened = await openSafetensors(write(header, data));
    const listed = await Promise.all(
      [...opened.tensors.values()].map(async ({ name, elementType, shape, read }) => ({
        name,
        elementType,
        shape,
        values: [...(await read())],
      })),
    );
    expect(listed).toEqual([
      { name: "whole", elementType: "int64", shape: [], values: [4] },
      { name: "half", elementType: "float16", shape: [1], values: [1] },
      { name: "matrix", elementType: "float32", shape: [2, 1], values: [1, 2] },
      { name: "brain", elementType: "bfloat16", shape: [1, 1], values: [1] },
      { name: "double", elementType: "float64", shape: [1], values: [3] },
      { name: "int", elementType: "int32", shape: [1], values: [5] },
      { name: "flags", elementType: "bool", shape: [2], values: [1, 0] },
      { name: "empty", elementType: "float32", shape: [0, 3], values: [] },
    ]);
    await opened.close();
    await opened.close();
  });

  const four = Uint8Array.of(0, 0, 0, 0);
  it.each([
    ["invalid JSON", "{", "malformed", /not JSON/],
    ["not an object", "[]", "malformed", /not a JSON object/],
    ["broken entry", { a: { dtype: "F32" } }, "malformed", /broken entry a/],
    ["negative shape", { a: entry("F32", [-1], 0, 4) }, "malformed", /broken entry a/],
    ["other type", { a: entry("F8_E4M3", [4], 0, 4) }, "unsupported", /a is of type F8_E4M3/],
    [
      "too few bytes",
      { a: entry("F32", [2], 0, 4) },
      "malformed",
      /a of float32 \[2\] has 4 bytes/,
    ],
    ["backwards", { a: entry("F32", [1], 4, 0) }, "malformed", /has -4 bytes/],
    ["huge shape", { a: entry("F32", [2 ** 40, 2 ** 40], 0, 4) }, "malformed", /has 4 bytes/],
    ["beyond the end", { a: entry("F32", [2], 0, 8) }, "malformed", /8 bytes of tensors in 4/],
    ["gap", { a: entry("F32", [0], 2, 2), b: entry("F32", [1], 4, 8) }, "malformed", /gap .* a/],
    ["overlap", { a: entry("F32", [1], 0, 4), b: entry("F32", [1], 0, 4) }, "malformed", /at b/],
    ["data without tensors", {}, "malformed", /0 bytes of tensors in 4/],
  ])("refuses: %s", async (_, header, code, message) => {
    const file = write(header, four);
    await expect(openSafetensors(file)).rejects.toMatchObject({
      name: "ModelError",
      code,
      message: expect.stringMatching(message) as unknown,
    });
    await expect(openSafetensors(file)).rejects.toThrow(file);
  });

  it("refuses headers that are too long or truncated", async () => {
    await expect(openSafetensors(write({}, four, 2n ** 63n))).rejects.toThrow("header of");
    await expect(openSafetensors(write({}, four, 99n))).rejects.toThrow("beyond the end");
    await expect(openSafetensors(folder.write("b", "1234"))).rejects.toThrow("beyond the end");
  });
});
