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

/**
 * The stages of a Dockerfile by name; the last one's is empty where it has none.
 *
 * @param {string} dockerfile
 */
async function stages(dockerfile) {
  const parts = (await instructions(dockerfile))
    .join("\n")
    .split(/^FROM /m)
    .slice(1);
  return new Map(
    parts.map((part) => [/^\S+ AS (\S+)/.exec(part)?.[1] ?? "", part.split("\n").slice(1)]),
  );
}

/** @param {string[]} stage */
function variables(stage) {
  return stage
    .filter((line) => line.startsWith("ENV "))
    .flatMap((line) => line.slice("ENV ".length).split(" "));
}

describe.each([
  ["docker/media-server.Dockerfile", ""],
  ["docker/inference.Dockerfile", "cpu"],
  ["docker/inference.Dockerfile", "cuda"],
])("the image of %s %s", (dockerfile, name) => {
  const stage = async () => (await stages(dockerfile)).get(name) ?? [];

  it("runs without root, by a number that Kubernetes believes", async () => {
    expect((await stage()).filter((line) => line.startsWith("USER "))).toEqual(["USER 1000:1000"]);
  });

  it("says whether it is well", async () => {
    const check = (await stage()).find((line) => line.startsWith("HEALTHCHECK ")) ?? "";
    expect(check).toMatch(/--start-period=\d+s CMD \["node", .*\/health/);
  });

  it("keeps what it writes on volumes", async () => {
    const lines = await stage();
    const volumes = lines.filter((line) => line.startsWith("VOLUME ")).join();
    const folders = variables(lines).flatMap(
      (line) => /=(\/(?:data|cache))\b/.exec(line)?.[1] ?? [],
    );
    expect(folders).toContain("/data");
    expect(folders.filter((folder) => !volumes.includes(folder))).toEqual([]);
  });
});

it("the images for the processor and for cards differ in what a card needs alone", async () => {
  const found = await stages("docker/inference.Dockerfile");
  const [cpu, cuda] = [found.get("cpu") ?? [], found.get("cuda") ?? []];
  expect(variables(cuda)).toEqual([...variables(cpu), "RECOGNIZER_PROVIDERS=cuda,cpu"]);
  for (const stage of [cpu, cuda]) expect(stage.join("\n")).toContain("ffmpeg");
  const command = (/** @type {string[]} */ stage) => stage.find((line) => line.startsWith("CMD "));
  expect(command(cuda)).toBe(command(cpu));
});

it("an image without a target is that for the processor", async () => {
  const text = await read("docker/inference.Dockerfile");
  expect(text.trimEnd().split("\n").at(-1)).toBe("FROM cpu");
});
