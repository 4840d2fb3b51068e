import { describe, expect, it, vi } from "vitest";
import { ProviderFallback, type ExecutionProvider } from "./execution-providers";

vi.mock("onnxruntime-node", () => ({
  listSupportedBackends: () => ["cpu", "cuda", "tensorrt"].map((name) => ({ name })),
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
  });

  it("does not ask for a provider that the platform's build does not know", async () => {
    const fallback = new ProviderFallback(["coreml"]);
    expect(await fallback.use(creator([]).create)).toBe("cpu");
    expect(fallback.remarks).toEqual(["coreml is not available on this platform"]);
  });

  it("does not blame a provider for a graph that fails on every one", async () => {
    const fallback = new ProviderFallback(["cuda"]);
    await expect(fallback.use(creator(["cuda", "cpu"]).create)).rejects.toThrow("cpu: no library");
    expect(fallback.remarks).toEqual([]);
    expect(await fallback.use(creator([]).create)).toBe("cuda,cpu");
  });
});
