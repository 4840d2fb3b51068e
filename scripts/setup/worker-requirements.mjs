import { succeeds } from "../system/run-command.mjs";

/**
 * Requirements of building the worker: the command that checks for each, and its Debian package.
 *
 * @type {{ check: [string, string[]], debianPackages: string[] }[]}
 */
const REQUIREMENTS = [
  { check: ["meson", ["--version"]], debianPackages: ["meson"] },
  { check: ["ninja", ["--version"]], debianPackages: ["ninja-build"] },
  { check: ["pkg-config", ["--version"]], debianPackages: ["pkg-config"] },
  { check: ["c++", ["--version"]], debianPackages: ["g++"] },
  { check: ["flatc", ["--version"]], debianPackages: ["flatbuffers-compiler"] },
  { check: ["pkg-config", ["libuv"]], debianPackages: ["libuv1-dev"] },
  { check: ["pkg-config", ["openssl"]], debianPackages: ["libssl-dev"] },
  { check: ["pkg-config", ["libsrtp2"]], debianPackages: ["libsrtp2-dev"] },
  { check: ["pkg-config", ["flatbuffers"]], debianPackages: ["libflatbuffers-dev"] },
];

/**
 * Names the Debian packages that are still missing to build the worker.
 *
 * @param {(command: string, parameters: string[]) => Promise<boolean>} [check]
 * @returns {Promise<string[]>}
 */
export async function missingBuildPackages(check = succeeds) {
  const missing = await Promise.all(
    REQUIREMENTS.map(async ({ check: [command, parameters], debianPackages }) =>
      (await check(command, parameters)) ? [] : debianPackages,
    ),
  );
  return missing.flat();
}
