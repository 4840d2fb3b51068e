import { randomBytes } from "node:crypto";
import { access, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { packagedLibraries } from "@parley/speech/runtime/libraries/provider-libraries";
import { runtimeVersion } from "@parley/speech/runtime/probe/driver-key";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeMachine } from "../doctor/testing/fake-machine";
import { CommandHarness } from "../testing/command-harness";
import { readLibraryManifest } from "./library-manifest";
import { missingLibraries, neededLibraries } from "./needed-libraries";
import { FakeFeed, packageArchive } from "./testing/fake-feed";

const manifest = readLibraryManifest("linux", "x64")!;
const isLinux = process.platform === "linux" && process.arch === "x64";
/** Bytes that do not shrink, so that a download can break off in their midst. */
const contents = new Map([...manifest.files.keys()].map((path) => [path, randomBytes(40_000)]));
const archive = packageArchive(new Map([...contents, ["readme.md", Buffer.from("else")]]));
/** Pauses between attempts pass at once. */
const clock = { ...systemClock, delay: () => Promise.resolve() };

/** The beginning of some bytes; then the connection breaks. */
async function* first(count: number, bytes: ArrayBuffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array(bytes, 0, count));
  throw new TypeError("terminated");
}

describe("the manifest", () => {
  it("is that of the installed onnxruntime-node", () => {
    expect(manifest).toMatchObject({
      packageName: "Microsoft.ML.OnnxRuntime.Gpu.Linux",
      version: runtimeVersion(),
    });
    expect([...manifest.files.values()]).toContain("libonnxruntime_providers_cuda.so");
    expect(readLibraryManifest("darwin", "arm64")).toBeNull();
  });
});

describe.skipIf(!isLinux)("parley gpu", () => {
  let cache: string;
  let feed: FakeFeed;
  let harness: CommandHarness;
  let machine: FakeMachine;
  const folder = () => join(cache, "onnxruntime", runtimeVersion());

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "parley-gpu-"));
    feed = new FakeFeed(manifest.packageName, manifest.version, archive);
    await feed.open();
    harness = new CommandHarness();
    machine = new FakeMachine();
    machine.fetch = (...request) => fetch(...request);
    const environment = { PARLEY_CACHE: cache, PATH: process.env.PATH };
    harness.parts = { environment, machine, clock };
  });

  afterEach(async () => {
    await feed.close();
    await rm(cache, { recursive: true });
  });

  const install = () => harness.run("gpu", "install", "cuda", "--feed", feed.index);

  it("installs the libraries beside onnxruntime's own, and removes them", async () => {
    await harness.run("gpu", "status");
    expect(harness.output.text).toContain("webgpu: no, there is no Vulkan loader");
    expect(harness.output.text).toContain("cuda: not installed");
    expect(await install()).toBe(0);
    const names = [...manifest.files.values()];
    expect((await readdir(folder())).sort()).toEqual(
      [...names, "complete.json", "libonnxruntime.so.1"].sort(),
    );
    for (const [path, name] of manifest.files) {
      expect((await readFile(join(folder(), name))).equals(contents.get(path)!)).toBe(true);
    }
    expect(harness.output.text).toContain("cuda needs CUDA 12 and cuDNN 9");
    expect(await harness.run("gpu", "remove", "cuda")).toBe(0);
    await expect(access(folder())).rejects.toThrow();
  });

  it("continues a download that broke off", async () => {
    let isBroken = false;
    machine.fetch = async (url, options) => {
      const response = await fetch(url, options);
      if (!response.url.endsWith(".nupkg") || isBroken) return response;
      isBroken = true;
      return new Response(ReadableStream.from(first(50_000, await response.arrayBuffer())));
    };
    expect(await install()).toBe(0);
    expect(feed.ranges).toEqual([undefined, "bytes=50000-"]);
  });

  it("keeps nothing with a wrong checksum", async () => {
    feed.checksum = "AAAA";
    expect(await install()).toBe(1);
    expect(harness.errors.text).toContain("the package's checksum is wrong");
    expect(await readdir(folder())).toEqual([]);
  });

  it("takes no other version, and says when a feed is none", async () => {
    feed.versions = ["1.0.0"];
    expect(await install()).toBe(1);
    expect(harness.errors.text).toContain(`the feed has no ${manifest.packageName}`);
    const nowhere = feed.index.replace("index.json", "nothing.json");
    expect(await harness.run("gpu", "install", "cuda", "--feed", nowhere)).toBe(1);
    expect(harness.errors.text).toContain("does not answer as a NuGet feed: status 404");
  });
});

describe.skipIf(!isLinux)("what a library needs", () => {
  it("stands in it, and is looked for as the linker does", async () => {
    const names = await neededLibraries(join(packagedLibraries(), "onnxruntime_binding.node"));
    expect(names).toEqual(expect.arrayContaining(["libonnxruntime.so.1", "libc.so.6"]));
    const environment = { PATH: process.env.PATH, LD_LIBRARY_PATH: packagedLibraries() };
    const asked = [...names, "libcudnn_nowhere.so.9"];
    expect(await missingLibraries(asked, environment)).toEqual(["libcudnn_nowhere.so.9"]);
  });
});
