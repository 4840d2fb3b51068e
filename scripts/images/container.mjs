import { once } from "node:events";
import { readdir, readFile, readlink } from "node:fs/promises";
import { prefixOutput } from "../run/prefixed-output.mjs";

const STOP_MS = 15_000;

/**
 * The process that an engine would call the container's first: of buildah's descendants the one whose
 * program lies in the root that it was given.
 *
 * @param {number} buildah The id of buildah's process.
 * @returns {Promise<number | null>}
 */
async function firstProcess(buildah) {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const linkOf = (/** @type {string} */ id, /** @type {string} */ name) =>
    readlink(`/proc/${id}/${name}`).catch(() => "");
  const families = await Promise.all(
    ids.map(async (id) => {
      const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
      return { id, parent: /^PPid:\s+(\d+)$/m.exec(status)?.[1] };
    }),
  );
  let generation = [String(buildah)];
  while (generation.length > 0) {
    for (const id of generation) {
      const root = await linkOf(id, "root");
      if (root !== "/" && (await linkOf(id, "exe")).startsWith(`${root}/`)) return Number(id);
    }
    generation = families
      .filter(({ parent }) => parent !== undefined && generation.includes(parent))
      .map(({ id }) => id);
  }
  return null;
}

/**
 * A container of an image. chroot knows neither networks nor a read-only root: it has the machine's
 * ports, and what it writes outside of its volumes is looked for afterwards.
 *
 * @param {import("./buildah.mjs").Buildah} buildah
 * @param {string} image
 * @param {Record<string, string>} environment
 */
export async function openContainer(buildah, image, environment) {
  const name = await buildah.read(["from", "--pull-never", image]);
  const root = await buildah.read(["mount", name]);
  const { config } = JSON.parse(await buildah.read(["inspect", name])).Docker;
  const variables = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
  const withVariables = ["run", name, "--", "env", ...variables];
  return {
    root,
    config,
    /**
     * Runs a command to its end.
     *
     * @param {string[]} command
     */
    execute: (command) => buildah.run([...withVariables, ...command]),
    /** Starts the image's own command, as its own user and in its own folder. */
    start: () =>
      startCommand(
        buildah.start([...withVariables, ...(config.Entrypoint ?? []), ...(config.Cmd ?? [])]),
        image.replace("localhost/parley-", ""),
      ),
  };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} title
 */
function startCommand(child, title) {
  prefixOutput(child, title);
  const exited = once(child, "exit");
  return {
    hasExited: () => child.exitCode !== null,
    /**
     * Asks the command to end, as an engine does.
     *
     * @returns {Promise<number | null>} Its exit code.
     */
    async stop() {
      const first = child.pid === undefined ? null : await firstProcess(child.pid);
      if (first !== null) process.kill(first, "SIGTERM");
      const timer = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      }, STOP_MS);
      await exited;
      clearTimeout(timer);
      return child.exitCode;
    },
  };
}
