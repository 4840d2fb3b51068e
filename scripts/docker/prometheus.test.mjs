import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { REPOSITORY } from "../system/folders.mjs";

const folder = path.join(REPOSITORY, "docker");
const read = (/** @type {string} */ place) => readFile(path.join(folder, place), "utf8");
const [inCompose, inKubernetes] = await Promise.all(
  ["prometheus.yml", "kubernetes/prometheus.yml"].map(async (place) => parse(await read(place))),
);
const { services } = parse(await read("compose.yaml"), { merge: true });

/**
 * @param {any} config
 * @param {string} job
 */
const jobOf = (config, job) =>
  config.scrape_configs.find((/** @type {any} */ each) => each.job_name === job);

describe("in compose", () => {
  it("every inference worker is found, by the name and port that its container has", () => {
    const [{ names, port, type }] = jobOf(inCompose, "inference").dns_sd_configs;
    const workers = Object.entries(services).filter(([, { build }]) =>
      build?.dockerfile.includes("inference"),
    );
    expect(workers.length).toBeGreaterThan(2);
    for (const [name, { networks, environment }] of workers) {
      const known = [name, ...(networks?.default.aliases ?? [])];
      expect(names.filter((/** @type {string} */ each) => known.includes(each))).toHaveLength(1);
      expect(environment.INFERENCE_PORT).toBe(String(port));
    }
    expect(type).toBe("A");
  });

  it("every media server is found, at the port that it has on the host", () => {
    const [{ targets }] = jobOf(inCompose, "media-server").static_configs;
    const ports = Object.values(services)
      .filter(({ build }) => build?.dockerfile.includes("media-server"))
      .map(({ environment }) => /:-(\d+)\}/.exec(environment.PORT)?.[1]);
    expect(targets).toEqual(ports.map((port) => `host.docker.internal:${port}`));
    expect(services.prometheus.extra_hosts).toContain("host.docker.internal:host-gateway");
  });

  it("the key is where compose mounts it", () => {
    for (const { authorization } of inCompose.scrape_configs) {
      expect(authorization.credentials_file).toBe(`/run/secrets/${services.prometheus.secrets[0]}`);
    }
  });
});

describe.each([
  ["inference", "inference.yaml"],
  ["media-server", "media-server.yaml"],
])("in Kubernetes, every pod of %s", (job, file) => {
  it("is found by a headless service, ready or not, and by annotations", async () => {
    const manifests = parseAllDocuments(await read(`kubernetes/base/${file}`)).map((document) =>
      document.toJS(),
    );
    const { template } = manifests.find(({ kind }) => kind === "StatefulSet").spec;
    const [{ names, port }] = jobOf(inKubernetes, job).dns_sd_configs;
    const [service] = manifests.filter(({ metadata }) => names[0].startsWith(`${metadata.name}.`));
    expect(names).toEqual([`${service.metadata.name}.parley.svc.cluster.local`]);
    expect(service.spec).toMatchObject({
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: template.metadata.labels,
    });
    expect(template.spec.containers[0].ports).toContainEqual({
      ...template.spec.containers[0].ports[0],
      name: "http",
      containerPort: port,
    });
    expect(template.metadata.annotations).toEqual({
      "prometheus.io/scrape": "true",
      "prometheus.io/path": "/metrics",
      "prometheus.io/port": String(port),
    });
  });
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

describe.skipIf(!hasPromtool)("Prometheus' own promtool", () => {
  it.each(["prometheus.yml", "kubernetes/prometheus.yml"])(
    "finds no fault in %s",
    async (place) => {
      expect(await check((await read(place)).replaceAll(/credentials_file: .*/g, keyed))).toBe("");
    },
  );

  it("would find one", async () => {
    expect(await check("scrape_configs: [{ job_name: a, dns_sd_config: [] }]")).toContain(
      "dns_sd_config",
    );
  });
});

/** The file with the key is the operator's: here any file will do. */
const keyed = `credentials_file: ${path.join(folder, "prometheus.yml")}`;

/**
 * @param {string} text Of a configuration.
 * @returns {Promise<string>} What is wrong with it; nothing where all is well.
 */
async function check(text) {
  const place = await mkdtemp(path.join(os.tmpdir(), "parley-promtool-"));
  try {
    const file = path.join(place, "prometheus.yml");
    await writeFile(file, text);
    const { status, stderr } = spawnSync("promtool", ["check", "config", file], {
      encoding: "utf8",
    });
    return status === 0 ? "" : stderr;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
