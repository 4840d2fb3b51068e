import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../system/folders.mjs";

const DOCKERFILES = ["docker/media-server.Dockerfile", "docker/inference.Dockerfile"];

const read = (/** @type {string} */ place) => readFile(path.join(REPOSITORY, place), "utf8");
const exists = (/** @type {string} */ place) => existsSync(path.join(REPOSITORY, place));

/** The package.json of every workspace. */
async function workspacePackages() {
  const found = await Promise.all(
    ["apps", "packages"].map(async (parent) =>
      (await readdir(path.join(REPOSITORY, parent))).map(
        (name) => `${parent}/${name}/package.json`,
      ),
    ),
  );
  return found.flat().filter(exists);
}

/**
 * The instructions of a Dockerfile, each on one line.
 *
 * @param {string} dockerfile
 */
async function instructions(dockerfile) {
  const text = (await read(dockerfile)).replaceAll(/^#.*\n/gm, "").replaceAll(/\s*\\\n\s*/g, " ");
  return text.split("\n").filter((line) => line !== "");
}

describe.each(DOCKERFILES)("%s", (dockerfile) => {
  it("copies only what is in the repository", async () => {
    const sources = (await instructions(dockerfile))
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(" ").slice(1, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !exists(source))).toEqual([]);
  });

  it("copies the package.json of every workspace, which npm ci needs", async () => {
    const text = await read(dockerfile);
    const missing = (await workspacePackages()).filter((place) => !text.includes(`COPY ${place} `));
    expect(missing).toEqual([]);
  });

  it("runs scripts that exist, with parts that they know", async () => {
    const setup = await read("scripts/setup.mjs");
    const runs = (await instructions(dockerfile)).join("\n");
    for (const [, script, part] of runs.matchAll(/node (scripts\/\S+\.mjs) --(\w+)/g)) {
      expect(exists(script ?? "")).toBe(true);
      expect(setup).toContain(`wants("${part}")`);
    }
  });

  it("installs the packages of a workspace that exists, and starts what its build makes", async () => {
    const text = await read(dockerfile);
    const workspace = /--workspace (\S+)/.exec(text)?.[1];
    const names = await Promise.all(
      (await workspacePackages()).map(async (place) => JSON.parse(await read(place)).name),
    );
    expect(names).toContain(workspace);
    const program = /CMD \["node", .*"(apps\/[\w-]+)\/dist\/main\.js"\]/.exec(text)?.[1];
    expect(exists(`${program}/package.json`)).toBe(true);
  });

  it("leaves installed and built files out of the build's context", async () => {
    const ignored = (await read(`${dockerfile}.dockerignore`)).split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".git", "**/node_modules", "**/dist"]));
  });
});

describe("docker/compose.yaml", () => {
  it("builds both images from Dockerfiles that exist", async () => {
    const text = await read("docker/compose.yaml");
    const named = [...text.matchAll(/dockerfile: (\S+)/g)].map((match) => match[1]);
    expect(named.sort()).toEqual([...DOCKERFILES].sort());
    expect(text.match(/context: \.\.$/gm)).toHaveLength(2);
  });

  it("connects the media server to the inference server's port", async () => {
    const text = await read("docker/compose.yaml");
    const port = /INFERENCE_PORT: "(\d+)"/.exec(text)?.[1];
    expect(text).toContain(`"127.0.0.1:${port}:${port}"`);
    expect(text).toContain(`INFERENCE_URL: "\${INFERENCE_URL:-ws://127.0.0.1:${port}}"`);
  });

  it("mounts only files that are beside it, and pins the images of others", async () => {
    const text = await read("docker/compose.yaml");
    const mounted = [...text.matchAll(/^ +- \.\/([^:]+):\//gm)].map((match) => match[1]);
    expect(mounted).toEqual(expect.arrayContaining(["prometheus.yml", "turnserver.conf"]));
    expect(mounted.filter((file) => !exists(`docker/${file}`))).toEqual([]);
    const images = [...text.matchAll(/image: (\S+)/g)].map((match) => match[1] ?? "");
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((image) => !/:v?\d+\.\d+\.\d+$/.test(image))).toEqual([]);
  });

  it("starts what others make only in a profile", async () => {
    const text = await read("docker/compose.yaml");
    const [, services = ""] = text.split(/^services:$/m);
    const [parts = ""] = services.split(/^secrets:$/m);
    const blocks = parts.split(/^  (?=[a-z-]+:$)/m).filter((block) => block.includes("image: "));
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(block).toMatch(/profiles: \[(?:metrics|tracing|turn)\]/);
  });

  it("declares every volume that it uses", async () => {
    const text = await read("docker/compose.yaml");
    const [services = "", volumes = ""] = text.split("\nvolumes:\n");
    const used = [...services.matchAll(/^ +- ([\w-]+):\//gm)].map((match) => match[1]);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !volumes.includes(`  ${name}:`))).toEqual([]);
  });
});
