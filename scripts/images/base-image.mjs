import { chmod, copyFile, cp, mkdir, readdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { npmCommand } from "../setup/packages.mjs";
import { runCommand } from "../system/run-command.mjs";

/** npm's major version for Node's, as Node's own image has it. */
const NPM_FOR_NODE = { 20: "10", 22: "10", 24: "11" };

/** Certificates of this machine, with those of whatever stands between it and the registries. */
const CERTIFICATES = "etc/ssl/certs/ca-certificates.crt";

/**
 * Makes an image that stands in for Node's own, from Debian's packages and from npm's of Node and npm.
 *
 * @param {object} choices
 * @param {import("./buildah.mjs").Buildah} choices.buildah
 * @param {string} choices.name Such as `node:22-bookworm-slim`: the Dockerfiles' name of it.
 * @param {string} choices.folder To work in.
 * @param {(text: string) => void} choices.progress
 */
export async function makeBaseImage({ buildah, name, folder, progress }) {
  const [, node = "", release = ""] = /^node:(\d+)-([a-z]+)-slim$/.exec(name) ?? [];
  const npm = NPM_FOR_NODE[/** @type {keyof typeof NPM_FOR_NODE} */ (Number(node))];
  const root = path.join(folder, "root");
  progress("Debian's packages");
  await runCommand("nice", [
    ...["-n", "10", "debootstrap", "--variant=minbase", "--include=ca-certificates"],
    ...[release, root, "http://deb.debian.org/debian"],
  ]);
  await rm(path.join(root, "var", "cache", "apt", "archives"), { recursive: true, force: true });
  await copyFile(path.join("/", CERTIFICATES), path.join(root, CERTIFICATES));

  progress("Node and npm");
  const local = path.join(root, "usr", "local");
  const packages = path.join(local, "lib", "node_modules");
  await mkdir(packages, { recursive: true });
  const nodeFolder = await unpack(`node-linux-${process.arch}@${node}`, folder);
  await copyFile(path.join(nodeFolder, "bin", "node"), path.join(local, "bin", "node"));
  await chmod(path.join(local, "bin", "node"), 0o755);
  await cp(await unpack(`npm@${npm}`, folder), path.join(packages, "npm"), { recursive: true });
  for (const program of ["npm", "npx"]) {
    const script = path.join(packages, "npm", "bin", `${program}-cli.js`);
    await chmod(script, 0o755);
    await symlink(
      `../lib/node_modules/npm/bin/${program}-cli.js`,
      path.join(local, "bin", program),
    );
  }
  await runCommand("chroot", [root, "useradd", "--uid", "1000", "--create-home", "node"]);

  progress("the image");
  const container = await buildah.read(["from", "scratch"]);
  await buildah.run(["add", container, root, "/"]);
  const registry = (await runNpm(["config", "get", "registry"])).trim();
  await buildah.run([
    ...["config", "--cmd", "node"],
    ...[
      "--env",
      `NODE_EXTRA_CA_CERTS=/${CERTIFICATES}`,
      "--env",
      `npm_config_registry=${registry}`,
    ],
    container,
  ]);
  await buildah.run([
    "commit",
    "--rm",
    "--format",
    "docker",
    container,
    `docker.io/library/${name}`,
  ]);
  await rm(root, { recursive: true, force: true });
}

/**
 * @param {string} wanted A package of npm with its version.
 * @param {string} folder
 * @returns {Promise<string>} The folder of its files.
 */
async function unpack(wanted, folder) {
  const place = path.join(folder, wanted.replaceAll(/\W/g, "-"));
  await mkdir(place, { recursive: true });
  await runNpm(["pack", "--silent", "--pack-destination", place, wanted]);
  const [archive = ""] = await readdir(place);
  await runCommand("tar", ["--extract", "--file", path.join(place, archive), "--directory", place]);
  return path.join(place, "package");
}

/** @param {string[]} parameters */
function runNpm(parameters) {
  const [command, ...first] = npmCommand();
  return runCommand(command, [...first, ...parameters]);
}
