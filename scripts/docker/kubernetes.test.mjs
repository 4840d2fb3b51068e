import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { allSettings } from "../../packages/settings/src/all-settings";
import { REPOSITORY } from "../system/folders.mjs";
import { unreadFields } from "./testing/unread-fields.mjs";

const require = createRequire(import.meta.url);
const folder = path.join(REPOSITORY, "docker", "kubernetes");
const read = (/** @type {string} */ place) => readFile(path.join(folder, place), "utf8");

/**
 * What is wrong with a manifest by Kubernetes' own schema, fields that it does not know included.
 *
 * @param {any} manifest
 * @returns {string[]}
 */
function faults(manifest) {
  const { apiVersion, kind } = manifest;
  const model = require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
  /** @type {string[]} */
  const found = [];
  const unknown = unreadFields(manifest, (watched) => {
    try {
      model.prototype.validate.call(watched);
    } catch (error) {
      found.push(String(error));
    }
  });
  return [...found, ...unknown.map((field) => `${field} is not known`)];
}

/** @param {string} text */
const documentsOf = (text) => parseAllDocuments(text).map((document) => document.toJS());

const base = parse(await read("base/kustomization.yaml"));
/** @type {any[]} */
const manifests = (
  await Promise.all(
    base.resources.map(async (/** @type {string} */ file) =>
      documentsOf(await read(`base/${file}`)),
    ),
  )
).flat();
const find = (/** @type {string} */ kind, /** @type {string} */ name) =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);

it("the schema finds what is wrong, missing or unknown", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "s" } };
  const ports = [{ port: "http", targetPort: "http" }];
  expect(faults({ ...service, spec: { ports } })).toEqual([
    expect.stringContaining("port must be integer"),
  ]);
  expect(faults({ ...service, spec: { prots: [] }, metdata: {} })).toEqual([
    "metdata is not known",
    "spec.prots is not known",
  ]);
});

it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]))(
  "%s is what Kubernetes' schema allows",
  (_name, manifest) => {
    expect(faults(manifest)).toEqual([]);
  },
);

it("the kustomization takes every file beside it", async () => {
  const files = await readdir(path.join(folder, "base"));
  expect(
    [...base.resources, ...base.configMapGenerator[0].envs, "kustomization.yaml"].sort(),
  ).toEqual(files.sort());
});

describe.each(["inference", "media-server"])("%s", (name) => {
  const server = find("StatefulSet", name);
  const pod = server.spec.template.spec;
  const [container] = pod.containers;

  it("runs without root, in an image that it cannot write", () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("has a volume where its image keeps what it writes", async () => {
    const dockerfile = await readFile(
      path.join(REPOSITORY, "docker", `${name}.Dockerfile`),
      "utf8",
    );
    const places = container.volumeMounts.map(({ mountPath }) => mountPath);
    const [volumes = ""] = /^VOLUME .*$/m.exec(dockerfile) ?? [];
    for (const [volume] of volumes.matchAll(/\/\w+/g)) expect(places).toContain(volume);
    expect(places).toContain("/tmp");
  });

  it("is asked whether it is well, and given time to end", () => {
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
      expect(container[probe].httpGet.path).toMatch(/^\/(health|ready)$/);
    }
    expect(container.lifecycle.preStop.exec.command[0]).toBe("node");
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(60);
    expect(find("PodDisruptionBudget", name).spec.selector).toEqual(server.spec.selector);
  });

  it("is reached by its service", () => {
    expect(find("Service", name).spec.selector).toEqual(server.spec.template.metadata.labels);
  });

  it("gets the settings, and keys by reference alone", () => {
    expect(container.envFrom).toEqual([
      { configMapRef: { name: base.configMapGenerator[0].name } },
      { secretRef: { name: "parley-keys" } },
    ]);
  });

  it("sets only what there is, and fits its image", () => {
    for (const { name: variable, value } of container.env) {
      if (variable !== "POD_IP") expect(Object.keys(allSettings)).toContain(variable);
      if (value !== undefined)
        expect(
          allSettings[variable]?.schema.safeParse(value.replace("$(POD_IP)", "10.0.0.7")).success,
        ).toBe(true);
    }
  });
});

it("the settings of all are known, right, and no secrets", async () => {
  const lines = (await read("base/parley.env")).split("\n").filter((line) => /^[^#]/.test(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const [name = "", value = ""] = line.split(/=(.*)/);
    const setting = allSettings[name];
    expect(setting?.schema.safeParse(value).success, line).toBe(true);
    // An address of NATS is one only with a password in it.
    expect(setting?.isSecret && value.includes("@"), line).toBeFalsy();
  }
});

it("the port of media is the same inside and outside, and what the settings say", async () => {
  const [container] = find("StatefulSet", "media-server").spec.template.spec.containers;
  const ports = container.ports.filter(({ name }) => name.startsWith("media-"));
  const [, port] = /^MEDIA_PORT=(\d+)$/m.exec(await read("base/parley.env")) ?? [];
  for (const { containerPort, hostPort } of ports) {
    expect([containerPort, hostPort]).toEqual([Number(port), Number(port)]);
  }
  expect(ports.map(({ protocol = "TCP" }) => protocol).sort()).toEqual(["TCP", "UDP"]);
});

it("the variant for cards changes parts that exist", async () => {
  const gpu = parse(await read("gpu/kustomization.yaml"));
  expect(gpu.resources).toEqual(["../base"]);
  const [{ target, patch }] = gpu.patches;
  const patched = find(target.kind, target.name);
  for (const { op, path: place } of parse(patch)) {
    expect(op).toBe("add");
    const parents = place.split("/").slice(1, -1);
    const parent = parents.reduce(
      (/** @type {any} */ part, /** @type {string} */ key) => part?.[key],
      patched,
    );
    expect(parent, place).toBeDefined();
  }
});

const kubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;

describe.skipIf(!kubectl)("what kubectl makes of it", () => {
  it.each(["base", "gpu"])(
    "%s is what Kubernetes' schema allows",
    { timeout: 60_000 },
    async (variant) => {
      const { stdout, stderr } = spawnSync("kubectl", ["kustomize", path.join(folder, variant)], {
        encoding: "utf8",
      });
      const rendered = documentsOf(stdout);
      expect(rendered.length, stderr).toBeGreaterThan(manifests.length);
      const wrong = await Promise.all(rendered.map(faults));
      expect(wrong.flat()).toEqual([]);
      const inference = rendered.find(
        ({ kind, metadata }) => kind === "StatefulSet" && metadata.name === "inference",
      );
      const [{ image, resources }] = inference.spec.template.spec.containers;
      expect([image, resources.limits["nvidia.com/gpu"]]).toEqual(
        variant === "gpu" ? ["parley-inference:cuda", "1"] : ["parley-inference:latest", undefined],
      );
    },
  );
});

it("every server's image is one that docker/ builds", () => {
  for (const { name } of base.images) {
    expect(
      existsSync(path.join(REPOSITORY, "docker", `${name.replace("parley-", "")}.Dockerfile`)),
    ).toBe(true);
  }
});
