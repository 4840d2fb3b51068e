import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { REPOSITORY } from "../system/folders.mjs";

const starter = path.join(REPOSITORY, "scripts", "run", "testing", "starter.mjs");
const server = path.join(REPOSITORY, "scripts", "run", "testing", "server.ts");

/** @type {number[]} */
let started = [];
afterEach(() => {
  for (const id of started.filter(isRunning)) process.kill(id, "SIGKILL");
  started = [];
});

/** @param {number} id */
function isRunning(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a chain of processes that ends in a server under supervision.
 *
 * @param {[string, ...string[]]} command
 * @param {NodeJS.ProcessEnv} [more]
 */
async function start([program, ...parameters], more = {}) {
  const child = spawn(program, parameters, {
    cwd: REPOSITORY,
    env: { ...process.env, npm_lifecycle_event: undefined, ...more },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, id] = /server (\d+)/.exec(line) ?? [];
    if (id === undefined) continue;
    started.push(Number(child.pid), Number(id));
    child.stdout.resume();
    return { child, serverId: Number(id) };
  }
  throw new Error("the server did not start");
}

const slow = { timeout: 20_000 };

it("a server ends when it is stopped", slow, async () => {
  const { child, serverId } = await start([process.execPath, starter, server]);
  child.kill("SIGTERM");
  await expect.poll(() => isRunning(serverId), slow).toBe(false);
  await expect.poll(() => child.exitCode, slow).toBe(0);
});

it("a server ends with the process that started it, when that is killed", slow, async () => {
  const { child, serverId } = await start([process.execPath, starter, server]);
  child.kill("SIGKILL");
  await expect.poll(() => isRunning(serverId), slow).toBe(false);
});

it.skipIf(process.platform === "win32")(
  "a server ends when the shell between npm and its script dies",
  slow,
  async () => {
    // The second command keeps the shell from becoming the first one.
    const command = `"${process.execPath}" "${starter}" "${server}"; true`;
    const { child, serverId } = await start(["sh", "-c", command], {
      npm_lifecycle_event: "start",
    });
    child.kill("SIGTERM");
    await expect.poll(() => isRunning(serverId), slow).toBe(false);
  },
);
