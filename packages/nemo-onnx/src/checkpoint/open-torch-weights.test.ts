import { describe, expect, it } from "vitest";
import { buildZip } from "../archive/testing/build-zip";
import { memorySource, sparseSource } from "../archive/testing/sparse-source";
import { buildWeights, type WeightsSpec } from "./testing/build-weights";
import { pickle, pickledTensor } from "./testing/pickle-program";
import { openTorchWeights } from "./open-torch-weights";

const open = (spec: WeightsSpec) => openTorchWeights(sparseSource("w.ckpt", buildWeights(spec)));

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const eight = { "0": floats(0, 1, 2, 3, 4, 5, 6, 7) };
const plain = { stored: 8, shape: [2], strides: [1] };

describe("openTorchWeights", () => {
  it("lists tensors in order, several of them in one storage", async () => {
    const tensors = await open({
      tensors: {
        "b.weight": { stored: 8, shape: [2, 3], strides: [1, 2], offset: 1 },
        "a.weight": { stored: 8, shape: [8], strides: [1] },
        count: { type: "Long", key: "1", stored: 1, shape: [], strides: [] },
      },
      storages: { ...eight, "1": new Uint8Array(BigInt64Array.of(9n).buffer) },
    });
    const listed = [...tensors.values()].map(({ name, elementType, shape }) => ({
      name,
      elementType,
      shape,
    }));
    expect(listed).toEqual([
      { name: "b.weight", elementType: "float32", shape: [2, 3] },
      { name: "a.weight", elementType: "float32", shape: [8] },
      { name: "count", elementType: "int64", shape: [] },
    ]);
    expect([...(await tensors.get("b.weight")!.read())]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...(await tensors.get("a.weight")!.read())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...(await tensors.get("count")!.read())]).toEqual([9]);
  });

  it("reads beyond the first 4 GiB, and within a storage that is larger", async () => {
    const stored = 2 ** 30 + 100;
    const tensors = await open({
      tensors: {
        far: { stored, shape: [2], strides: [1], offset: stored - 2 },
        behind: { key: "1", stored: 8, shape: [8], strides: [1] },
      },
      storages: { "0": stored * 4, "1": eight["0"] },
    });
    expect([...(await tensors.get("far")!.read())]).toEqual([0, 0]);
    expect([...(await tensors.get("behind")!.read())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("reads parameters as tensors and ignores other values", async () => {
    const parameter = pickle.call(
      pickle.global("torch._utils", "_rebuild_parameter"),
      pickledTensor(plain),
      pickle.no(),
      pickle.call(pickle.global("collections", "OrderedDict")),
    );
    const size = pickle.call(pickle.global("torch", "Size"), pickle.tuple(pickle.integer(3)));
    const program = pickle.program(
      pickle.dictionary([pickle.text("weight"), parameter], [pickle.text("_extra_state"), size]),
    );
    const tensors = await open({ tensors: {}, storages: eight, pickle: program });
    expect([...tensors.keys()]).toEqual(["weight"]);
  });

  const one = (
    tensor: Partial<typeof plain> & { offset?: number; type?: string; key?: string },
  ) => ({
    tensors: { weight: { ...plain, ...tensor } },
    storages: eight,
  });
  it.each<[string, WeightsSpec, string, RegExp]>([
    ["offset beyond the storage", one({ offset: 7 }), "malformed", /weight of \[2\] does not fit/],
    ["strides beyond the storage", one({ shape: [2, 2], strides: [7, 1] }), "malformed", /fit/],
    ["more declared than stored", one({ stored: 9 }), "malformed", /shorter than its 9 float32/],
    ["wider elements", one({ type: "Double" }), "malformed", /data\/0 of 32 bytes is shorter/],
    ["huge product", one({ shape: [2 ** 30, 2 ** 30], strides: [1, 1] }), "refused", /too large/],
    [
      "infinite product",
      one({ shape: Array<number>(16).fill(2 ** 50), strides: [] }),
      "refused",
      /too large/,
    ],
    ["many axes", one({ shape: Array<number>(17).fill(1), strides: [] }), "refused", /too large/],
    ["too much repetition", one({ shape: [2 ** 25], strides: [0] }), "refused", /repeats 8/],
    ["too few strides", one({ strides: [] }), "malformed", /0 strides/],
    ["overlapping elements", one({ shape: [3, 3], strides: [1, 1] }), "unsupported", /overlap/],
    ["negative stride", one({ strides: [-1] }), "malformed", /_rebuild_tensor_v2/],
    ["missing storage", one({ key: "7" }), "malformed", /no entry model_weights\/data\/7/],
    ["a key that is a path", one({ key: "../0" }), "malformed", /not a storage/],
    ["bytes", one({ type: "Byte" }), "unsupported", /weight is a torch.ByteStorage/],
    ["an unknown storage type", one({ type: "Complex" }), "refused", /torch.ComplexStorage/],
    ["big-endian", { ...one({}), byteOrder: "big" }, "unsupported", /byteorder is big/],
    ["no tensors", { tensors: {}, storages: {} }, "malformed", /no tensors/],
    [
      "no dictionary",
      { ...one({}), pickle: pickle.program(pickledTensor(plain)) },
      "malformed",
      /not a state dict/,
    ],
    [
      "code",
      { ...one({}), pickle: pickle.program(pickle.global("os", "system")) },
      "refused",
      /data.pkl .* os.system/,
    ],
  ])("refuses: %s", async (_, spec, code, message) => {
    await expect(open(spec)).rejects.toMatchObject({
      name: "ModelError",
      code,
      message: expect.stringMatching(message) as unknown,
    });
    await expect(open(spec)).rejects.toThrow("w.ckpt");
  });

  it("refuses a zip without exactly one data.pkl, and one that is too large", async () => {
    const refusal = (entries: Parameters<typeof buildZip>[0]) =>
      expect(openTorchWeights(sparseSource("w.ckpt", buildZip(entries)))).rejects;
    await refusal([{ name: "m/x" }]).toThrow("w.ckpt holds 0 data.pkl, not one");
    await refusal([{ name: "a/data.pkl" }, { name: "b/data.pkl" }]).toThrow("2 data.pkl");
    await refusal([{ name: "m/data.pkl", size: 2 ** 40 }]).toThrow("limit of 16777216");
    const old = memorySource("w.ckpt", Buffer.from([0x80, 2, 0x8a, 10]));
    await expect(openTorchWeights(old)).rejects.toThrow("w.ckpt is not a zip archive");
  });
});
