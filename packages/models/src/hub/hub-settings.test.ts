import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hubCacheDirectory, readHubSettings } from "./hub-settings";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "parley-home-"));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

describe("readHubSettings", () => {
  it("uses Hugging Face by default", async () => {
    expect(await readHubSettings({ HF_HOME: home, HF_TOKEN: "" })).toEqual({
      endpoint: "https://huggingface.co",
      token: null,
      cache: join(home, "hub"),
      isOffline: false,
    });
  });

  it("reads the variables of Hugging Face's tools", async () => {
    const environment = {
      HF_HOME: home,
      HF_ENDPOINT: "https://hub.example.org/mirror/",
      HF_TOKEN: " hf_x\n",
      HF_HUB_CACHE: "/data/hub",
      HF_HUB_OFFLINE: "1",
    };
    expect(await readHubSettings(environment)).toEqual({
      endpoint: "https://hub.example.org/mirror",
      token: "hf_x",
      cache: "/data/hub",
      isOffline: true,
    });
  });

  it("finds the token of a login", async () => {
    await writeFile(join(home, "token"), "hf_kept\n");
    expect(await readHubSettings({ HF_HOME: home })).toMatchObject({ token: "hf_kept" });
  });

  it("refuses an endpoint that is not an address", async () => {
    const settings = readHubSettings({ HF_HOME: home, HF_ENDPOINT: "hub.example.org" });
    await expect(settings).rejects.toThrow("HF_ENDPOINT is not an address: hub.example.org");
  });
});

it("uses the system's cache folder", () => {
  expect(hubCacheDirectory({ XDG_CACHE_HOME: "/c" })).toBe(join("/c", "huggingface", "hub"));
  expect(hubCacheDirectory({})).toBe(join(homedir(), ".cache", "huggingface", "hub"));
});
