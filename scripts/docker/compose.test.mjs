import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { DCLinter } from "dclint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../system/folders.mjs";

const file = path.join(REPOSITORY, "docker", "compose.yaml");
const text = await readFile(file, "utf8");
const example = await readFile(path.join(REPOSITORY, "docker", ".env.example"), "utf8");

/**
 * @typedef {object} Service
 * @property {{ dockerfile: string, target?: string }} [build]
 * @property {string} [image]
 * @property {string[]} [profiles]
 * @property {Record<string, string>} [environment]
 * @property {string[]} [ports]
 * @property {string[]} [volumes]
 * @property {string[]} [extra_hosts]
 * @property {string} [network_mode]
 * @property {string | number} [scale]
 */

/** @type {{ services: Record<string, Service>, volumes: Record<string, null> }} */
const compose = parse(text, { merge: true });
const { services } = compose;
const own = Object.entries(services).filter(([, { build }]) => build !== undefined);
const others = Object.entries(services).filter(([, { build }]) => build === undefined);

/** @param {string} name */
const environmentOf = (name) => services[name]?.environment ?? {};

it("docker/compose.yaml is what the specification of compose allows", () => {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const messages = linter.lintFiles([file], false).flatMap((result) => result.messages);
  expect(messages.filter(({ rule }) => rule === "invalid-schema")).toEqual([]);
  // Matters of taste are reported: the file was read.
  expect(messages.length).toBeGreaterThan(0);
});

describe("Parley's own services", () => {
  it("are built by Dockerfiles and targets that exist", async () => {
    for (const [, { build }] of own) {
      const dockerfile = await readFile(path.join(REPOSITORY, build?.dockerfile ?? ""), "utf8");
      if (build?.target !== undefined) expect(dockerfile).toContain(` AS ${build.target}\n`);
    }
  });

  it.each(own)("%s needs no root, no writable image, no capability", (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      tmpfs: ["/tmp"],
    });
  });

  it.each(own)("%s sees the host by a name, and the operator's files", (_name, service) => {
    expect(service.extra_hosts?.join()).toContain("host.docker.internal:");
    expect(service.volumes).toContain("${PARLEY_FILES:-./files}:/files:ro");
  });

  it("get the same settings, whichever of a kind they are", () => {
    const names = (/** @type {string} */ service) => Object.keys(environmentOf(service)).sort();
    for (const twin of ["inference-gpu", "inference-2"]) {
      expect(names(twin).filter((name) => !names("inference").includes(name))).toEqual([]);
      expect(names("inference").filter((name) => !names(twin).includes(name))).toEqual([]);
    }
    expect(names("media-server-2")).toEqual(names("media-server"));
    expect(environmentOf("media-server-2").MEDIA_PORT).not.toBe(
      environmentOf("media-server").MEDIA_PORT,
    );
  });

  it("find each other: the media server knows the port that inference publishes", () => {
    const port = environmentOf("inference").INFERENCE_PORT;
    expect(services.inference?.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(environmentOf("media-server").INFERENCE_URL).toBe(
      `\${INFERENCE_URL:-ws://127.0.0.1:${port}}`,
    );
  });

  it("run on a card in the place of the processor, not beside it", () => {
    expect(services.inference?.scale).toBe("${CPU_WORKERS:-1}");
    expect(services["inference-gpu"]).toMatchObject({
      ports: services.inference?.ports,
      build: { target: "cuda" },
      deploy: { resources: { reservations: { devices: [{ device_ids: ["${GPU_DEVICE:-0}"] }] } } },
    });
  });
});

describe("what others make", () => {
  it("is started in a profile alone, of which the documents tell", async () => {
    const document = await readFile(path.join(REPOSITORY, "docs", "containers.md"), "utf8");
    expect(others.filter(([, { profiles = [] }]) => profiles.length !== 1)).toEqual([]);
    const profiles = new Set(Object.values(services).flatMap(({ profiles: own = [] }) => own));
    expect(profiles).toEqual(
      new Set(["gpu", "llamacpp", "vllm", "tracing", "metrics", "turn", "tls", "cluster"]),
    );
    expect([...profiles].filter((name) => !document.includes(`| \`${name}\``))).toEqual([]);
  });

  it("is pinned", () => {
    const images = others.map(([, { image = "" }]) => image);
    expect(
      images.filter((image) => !/:(?:v?\d+\.\d+(?:\.\d+)?|[a-z-]+-b\d+)\}?$/.test(image)),
    ).toEqual([]);
  });
});

it("mounts only files that are beside it, and declares every volume", () => {
  const sources = Object.values(services).flatMap(({ volumes = [] }) =>
    volumes.map((volume) => /^(?:\$\{\w+:-)?([^:}]+)\}?:/.exec(volume)?.[1] ?? volume),
  );
  const files = sources.filter((source) => source.startsWith("./"));
  expect(files).toEqual(expect.arrayContaining(["./prometheus.yml", "./Caddyfile", "./files"]));
  expect(files.filter((name) => !existsSync(path.join(REPOSITORY, "docker", name)))).toEqual([]);
  const named = new Set(sources.filter((source) => !source.startsWith("./")));
  expect(named).toEqual(new Set(Object.keys(compose.volumes)));
});

it("publishes what is Parley's own neighbour to this machine alone", () => {
  const ports = Object.values(services).flatMap(({ ports: published = [] }) => published);
  expect(ports.length).toBeGreaterThan(0);
  expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
});

describe("docker/.env.example", () => {
  it("names every variable that the compose file takes", () => {
    const taken = [...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? "");
    expect(taken.length).toBeGreaterThan(50);
    const missing = taken.filter((name) => !new RegExp(`^#?${name}=`, "m").test(example));
    expect([...new Set(missing)]).toEqual([]);
  });

  it("names no other, and sets none", () => {
    const named = [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)];
    const surplus = named
      .map(([, name = ""]) => name)
      .filter((name) => !text.includes(`\${${name}`) && name !== "COMPOSE_PROFILES");
    expect(surplus).toEqual([]);
    expect(named.filter(([, , value]) => value !== "")).toEqual([]);
  });

  it("is copied to a file that git leaves out", async () => {
    const ignored = await readFile(path.join(REPOSITORY, ".gitignore"), "utf8");
    expect(ignored.split("\n")).toContain(".env");
  });
});
