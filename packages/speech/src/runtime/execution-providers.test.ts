import { describe, expect, it, vi } from "vitest";
import { ProviderFallback, type ExecutionProvider } from "./execution-providers";

vi.mock("./onnxruntime", () => ({
  onnxruntime: () => ({
    listSupportedBackends: () =>
      ["cpu", "cuda", "tensorrt", "webgpu"].map((name) => ({ name, bundled: true })),
  }),
}));

/** Fails for some providers, as onnxruntime does for those whose libraries are missing. */
function creator(missing: readonly ExecutionProvider[]) {
  const tried: string[] = [];
  const create = (providers: readonly ExecutionProvider[]) => {
    tried.push(providers.join());
    const failed = providers.find((name) => missing.includes(name));
    return failed === undefined
      ? Promise.resolve(providers.join())
      : Promise.reject(new Error(`${failed}: no library\nmore`));
  };
  return { tried, create };
}

describe("ProviderFallback", () => {
  it("uses the providers that work, and remembers the others", async () => {
    const fallback = new ProviderFallback(["tensorrt", "cuda", "cpu"]);
    const { tried, create } = creator(["tensorrt"]);
    expect(await fallback.use(create)).toBe("cuda,cpu");
    expect(await fallback.use(create)).toBe("cuda,cpu");
    expect(tried).toEqual(["tensorrt,cuda,cpu", "cuda,cpu", "cuda,cpu"]);
    expect(fallback.remarks).toEqual(["tensorrt cannot be used: tensorrt: no library"]);
    expect(fallback.inUse).toBe("cuda");
  });

  it("never mixes two accelerators of different makers in one session", async () => {
    const fallback = new ProviderFallback(["cuda", "webgpu", "cpu"]);
    const { tried, create } = creator(["cuda"]);
    expect(await fallback.use(create)).toBe("webgpu,cpu");
    expect(tried).toEqual(["cuda,cpu", "webgpu,cpu"]);
  });

  it("does not ask for a provider that the platform's build does not know", async () => {
    const fallback = new ProviderFallback(["coreml"]);
    expect(await fallback.use(creator([]).create)).toBe("cpu");
    expect(fallback.remarks).toEqual(["coreml is not available on this platform"]);
    expect(fallback.inUse).toBe("cpu");
  });

  it("does not blame a provider for a graph that fails on every one", async () => {
    const fallback = new ProviderFallback(["cuda"]);
    await expect(fallback.use(creator(["cuda", "cpu"]).create)).rejects.toThrow("cpu: no library");
    expect(fallback.remarks).toEqual([]);
    expect(await fallback.use(creator([]).create)).toBe("cuda,cpu");
  });

  it("takes the processor where it is named first", async () => {
    const fallback = new ProviderFallback(["cpu", "cuda"]);
    expect(await fallback.use(creator([]).create)).toBe("cpu");
    expect(fallback.remarks).toEqual([]);
  });

  it("is given up for a reason, before anything is opened", async () => {
    const fallback = new ProviderFallback(["cuda", "webgpu"]);
    fallback.giveUp("there is no room");
    fallback.giveUp("there is still no room");
    expect(await fallback.use(creator([]).create)).toBe("cpu");
    expect(fallback.remarks).toEqual(["cuda is not used: there is no room"]);
  });

  it("names what a device waits for, as far as a line goes", () => {
    const fallback = new ProviderFallback(["webgpu"], { tellsPlacement: true });
    const inTheMidst = Array.from({ length: 7 }, (_, place) => `TopK (${place})`);
    const placement = { graph: "encoder.onnx", nodes: { webgpu: 9, cpu: 7 }, inTheMidst };
    fallback.notePlacement("webgpu", { ...placement, partitions: 3 });
    fallback.notePlacement("webgpu", { ...placement, partitions: 1, inTheMidst: [] });
    expect(fallback.placements.map(({ partitions }) => partitions)).toEqual([3, 1]);
    expect(fallback.remarks).toEqual([
      "webgpu computes encoder.onnx in 3 partitions and waits for the processor between them: " +
        "TopK (0), TopK (1), TopK (2), TopK (3), TopK (4) and 2 more",
    ]);
  });

  it("leaves a model to the processor whose weights are over the limit", async () => {
    const fallback = new ProviderFallback(["webgpu"], { memoryBytes: 100 * 2 ** 20 });
    const { create } = creator([]);
    expect(await fallback.use(create, 60 * 2 ** 20)).toBe("webgpu,cpu");
    expect(fallback.freeBytes).toBe(40 * 2 ** 20);
    expect(await fallback.use(create, 50 * 2 ** 20)).toBe("cpu");
    expect(fallback.remarks).toEqual([
      "webgpu is not used: 110 MiB of weights are over the limit of 100 MiB",
    ]);
  });
});
