import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Adapter } from "./adapter";
import { cardName } from "./adapter-name";
import { chooseProviders, deviceTitle, untriedProviders } from "./choose-providers";
import { devicePrecision } from "./device-precision";
import { findAdapter } from "./find-adapter";
import { adapterOf } from "./try-webgpu";

const card: Adapter = {
  kind: "card",
  name: "NVIDIA H200",
  halfPrecision: true,
  tellsPlacement: true,
};
const software: Adapter = {
  kind: "software",
  name: "SwiftShader",
  halfPrecision: false,
  tellsPlacement: true,
};
const none: Adapter = { kind: "none", reason: "there is no Vulkan loader (Debian: libvulkan1)" };
const { signal } = new AbortController();

describe("chooseProviders", () => {
  it("takes a card by itself, and nothing in software", () => {
    expect(chooseProviders(undefined, card)).toEqual({ providers: ["webgpu", "cpu"], reasons: [] });
    expect(chooseProviders(undefined, software)).toEqual({
      providers: ["cpu"],
      reasons: ["webgpu would compute in software (SwiftShader), slower than the processor"],
    });
    expect(chooseProviders(undefined, none)).toEqual({
      providers: ["cpu"],
      reasons: ["webgpu cannot be used: there is no Vulkan loader (Debian: libvulkan1)"],
    });
  });

  it("does what it is told, but for what would crash", () => {
    expect(chooseProviders(["cpu"], card)).toEqual({ providers: ["cpu"], reasons: [] });
    expect(chooseProviders(["webgpu"], software).providers).toEqual(["webgpu"]);
    expect(chooseProviders(["cuda", "webgpu"], none).providers).toEqual(["cuda"]);
    expect(chooseProviders(["webgpu"], none).providers).toEqual(["cpu"]);
  });

  it("takes no card by itself for an engine that was not tried on one", () => {
    const choice = chooseProviders(undefined, card);
    expect(untriedProviders(undefined, choice)).toEqual(["cpu"]);
    const named = chooseProviders(["webgpu"], card);
    expect(untriedProviders(["webgpu"], named)).toEqual(["webgpu"]);
  });

  it("computes in half precision where a card takes it, and nothing else was named", () => {
    const choice = chooseProviders(undefined, card);
    expect(devicePrecision(choice, card)).toBe("fp16");
    expect(devicePrecision(choice, { ...card, halfPrecision: false })).toBe("fp32");
    expect(devicePrecision(chooseProviders(["cpu"], card), card)).toBe("fp32");
    expect(devicePrecision(chooseProviders(["cuda", "webgpu"], card), card)).toBe("fp32");
    expect(devicePrecision(chooseProviders(["webgpu"], software), software)).toBe("fp32");
  });

  it("names devices for people", () => {
    expect(deviceTitle("webgpu", card)).toBe("webgpu on NVIDIA H200");
    expect(deviceTitle("cpu", card)).toBe("cpu");
  });
});

describe("adapterOf", () => {
  it("tells a card from software by what the process holds open", async () => {
    const opened = (devices: string[], drivers: string[]) =>
      adapterOf(
        {
          trial: { devices, drivers, halfPrecision: false, tellsPlacement: true },
          ending: "0",
          complaint: "",
        },
        "linux",
      );
    const library = "/usr/lib/chromium/libvk_swiftshader.so";
    expect(await opened([], [library])).toEqual(software);
    expect(await opened(["/dev/dxg"], [])).toMatchObject({ kind: "card" });
  });

  it("says what to do about a machine without", async () => {
    const problem = { problem: "Failed to get a WebGPU adapter: No supported adapters" };
    const complaint = "Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file";
    expect(await adapterOf({ trial: problem, ending: "0", complaint }, "linux")).toEqual(none);
    expect(await adapterOf({ trial: problem, ending: "0", complaint: "" }, "linux")).toEqual({
      kind: "none",
      reason: "there is no Vulkan driver, or none with a device",
    });
    expect(await adapterOf({ trial: null, ending: "SIGSEGV", complaint: "" }, "linux")).toEqual({
      kind: "none",
      reason: "its driver ended a trial: SIGSEGV",
    });
    // A busy machine, which nothing is kept of.
    expect(await adapterOf({ trial: null, ending: null, complaint: "" }, "linux")).toEqual({
      kind: "none",
      reason: "a trial had no answer within 30 s",
    });
  });

  it("has what a trial told before its last step ended it", async () => {
    const told = { devices: ["/dev/dxg"], drivers: [], halfPrecision: true, tellsPlacement: false };
    expect(
      await adapterOf({ trial: told, ending: "SIGSEGV", complaint: "" }, "linux"),
    ).toMatchObject({ kind: "card", halfPrecision: true, tellsPlacement: false });
  });

  it("names a card as the bus knows it", async () => {
    const texts = new Map([
      ["/sys/class/drm/renderD128/device/vendor", "0x1002\n"],
      ["/sys/class/drm/renderD128/device/device", "0x744c\n"],
    ]);
    const read = (path: string) => Promise.resolve(texts.get(path) ?? null);
    expect(await cardName(["/dev/dri/renderD128"], read)).toBe("AMD 0x744c");
  });
});

describe("findAdapter", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-adapter-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function finder() {
    const file = join(folder, "cache", "adapter.json");
    let trials = 0;
    const find = (key: string, adapter: Adapter) =>
      findAdapter({
        file,
        environment: {},
        signal,
        keyOf: () => Promise.resolve(key),
        tryOut: () => {
          trials++;
          return Promise.resolve(adapter);
        },
      });
    return { file, find, trials: () => trials };
  }

  it("tries each driver once, one that crashes too", async () => {
    const { file, find, trials } = finder();
    const crash: Adapter = { kind: "none", reason: "its driver ended a trial: SIGSEGV" };
    expect(await find("one", crash)).toEqual(crash);
    expect(await find("one", card)).toEqual(crash);
    expect(await find("two", card)).toEqual(card);
    expect(await find("two", none)).toEqual(card);
    expect(trials()).toBe(2);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ key: "two", adapter: card });
  });

  it("looks again where there was nothing", async () => {
    const { find, trials } = finder();
    expect(await find("one", none)).toEqual(none);
    expect(await find("one", card)).toEqual(card);
    expect(trials()).toBe(2);
  });
});
