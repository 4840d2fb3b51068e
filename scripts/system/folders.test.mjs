import path from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder, dataFolder, workerFolder } from "./folders.mjs";

describe("the cache folder", () => {
  it("is where PARLEY_CACHE says, before anything else", () => {
    const environment = { PARLEY_CACHE: "/srv/cache", XDG_CACHE_HOME: "/xdg" };
    expect(cacheFolder(environment, "/home/ada")).toBe(path.resolve("/srv/cache"));
  });

  it("follows the desktop's convention otherwise", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "/xdg" }, "/home/ada")).toBe(path.join("/xdg", "parley"));
    expect(cacheFolder({}, "/home/ada")).toBe(path.join("/home/ada", ".cache", "parley"));
  });

  it("ignores a relative or empty setting of the convention", () => {
    const usual = path.join("/home/ada", ".cache", "parley");
    expect(cacheFolder({ XDG_CACHE_HOME: "cache" }, "/home/ada")).toBe(usual);
    expect(cacheFolder({ XDG_CACHE_HOME: "", PARLEY_CACHE: "" }, "/home/ada")).toBe(usual);
  });

  it("keeps workers of different versions and machines apart", () => {
    expect(workerFolder("/cache", "3.27.1", "linux", "arm64")).toBe(
      path.join("/cache", "mediasoup-worker", "3.27.1-linux-arm64"),
    );
  });
});

describe("the data folder", () => {
  it("is inside the repository unless PARLEY_DATA names another", () => {
    expect(dataFolder({}, "/parley")).toBe(path.join("/parley", ".parley", "data"));
    expect(dataFolder({ PARLEY_DATA: "/data" }, "/parley")).toBe(path.resolve("/data"));
  });
});
