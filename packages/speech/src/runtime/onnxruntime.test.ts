import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-telemetry-"));
});

afterEach(() => rm(folder, { recursive: true }));

it("keeps no telemetry: neither an id of the machine nor a log", async () => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  const module = new URL("./flush-denormals.ts", import.meta.url).href;
  // A session is opened, with which telemetry would begin.
  const program = `import { flushDenormals } from ${JSON.stringify(module)}; await flushDenormals();`;
  const parameters = ["--import", loader, "--input-type=module", "--eval", program];
  await promisify(execFile)(process.execPath, parameters, {
    env: {
      ...process.env,
      ORT_DISABLE_TELEMETRY: undefined,
      TMPDIR: folder,
      HOME: folder,
      XDG_CACHE_HOME: folder,
    },
  });
  const left = (await readdir(folder)).filter((name) => !name.startsWith("tsx-"));
  expect(left).toEqual([]);
});
