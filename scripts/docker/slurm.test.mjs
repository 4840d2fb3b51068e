import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allSettings } from "../../packages/settings/src/all-settings";
import { REPOSITORY } from "../system/folders.mjs";

const script = path.join(REPOSITORY, "docker", "slurm", "inference-worker.sbatch");

/** @type {string} */
let programs;
beforeEach(() => {
  programs = mkdtempSync(path.join(os.tmpdir(), "parley-slurm-"));
  const srun = path.join(programs, "srun");
  writeFileSync(srun, '#!/bin/sh\necho "srun $*"\nenv\n');
  chmodSync(srun, 0o755);
});
afterEach(() => rmSync(programs, { recursive: true, force: true }));

/** @param {Record<string, string>} environment */
function runJob(environment) {
  return spawnSync("bash", [script], {
    encoding: "utf8",
    env: {
      PATH: `${programs}:/usr/bin:/bin`,
      HOME: "/home/ada",
      SLURM_JOB_ID: "1234567",
      PARLEY_NODE_ADDRESS: "192.0.2.7",
      ...environment,
    },
  });
}

const fleet = { NATS_URL: "nats://192.0.2.2:4222", INFERENCE_KEY: "0123456789abcdef" };

describe.skipIf(process.platform === "win32")("the job of one inference worker", () => {
  it("tells the fleet an address of its own, open to others", () => {
    const { stdout, status } = runJob(fleet);
    expect(status).toBe(0);
    expect(stdout).toContain("srun node scripts/start.mjs --only inference\n");
    expect(stdout).toContain("INFERENCE_ADDRESS=ws://192.0.2.7:24567\n");
    expect(stdout).toContain("INFERENCE_PORT=24567\n");
    expect(stdout).toContain("INFERENCE_HOST=0.0.0.0\n");
  });

  it("runs in a container where an image is named", () => {
    const { stdout } = runJob({ ...fleet, PARLEY_IMAGE: "registry.example.org#parley:cuda" });
    expect(stdout).toContain("srun --container-image=registry.example.org#parley:cuda ");
    expect(stdout).toMatch(/node --enable-source-maps apps\/inference\/dist\/main\.js\n/);
  });

  it("does not start without the fleet", () => {
    const { status, stderr } = runJob({ INFERENCE_KEY: fleet.INFERENCE_KEY });
    expect(status).not.toBe(0);
    expect(stderr).toContain("set NATS_URL");
  });

  it("sets only what there is", () => {
    const { stdout } = runJob(fleet);
    const set = [...stdout.matchAll(/^((?:INFERENCE|PARLEY)_\w+)=/gm)].map(
      (match) => match[1] ?? "",
    );
    const unknown = set.filter((name) => !(name in allSettings) && name !== "PARLEY_NODE_ADDRESS");
    expect(unknown).toEqual([]);
  });
});
