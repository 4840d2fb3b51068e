/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = /^(arm|arm64|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)$/;

/**
 * Platform of a native package, read from its name, such as `binding-linux-x64-gnu`.
 *
 * @param {string} name
 * @returns {Pick<LockedPackage, "os" | "cpu" | "libc"> | null} Null when the name doesn't say.
 */
export function machineFromName(name) {
  const words = name.split(/[-/]/);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.test(word));
  if (processor === undefined || (system === undefined && processor !== "wasm32")) return null;
  const library = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : null;
  return {
    cpu: [processor],
    ...(library !== null && system === "linux" ? { libc: [library] } : {}),
    ...(system === undefined ? {} : { os: [system] }),
  };
}

/**
 * Adds the lockfile entries that npm left out because its registry doesn't carry the packages.
 *
 * A package with native code comes with one optional package for each platform. npm silently drops
 * those that it cannot find while it writes the lockfile; `npm ci` then refuses the lockfile as
 * incomplete, and other platforms lack their package.
 *
 * @param {Lockfile} lockfile
 * @returns {{ lockfile: Lockfile, added: string[] }}
 */
export function completeLockfile(lockfile) {
  const packages = { ...lockfile.packages };
  /** @type {string[]} */
  const added = [];
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const top = `node_modules/${name}`;
      const machine = machineFromName(name);
      const isExact = /^\d+\.\d+\.\d+[^ ]*$/.test(version);
      if (packages[`${place}/${top}`] || packages[top] || machine === null || !isExact) continue;
      const entry = { ...machine, ...(dev === true ? { dev } : {}), optional: true };
      // The order in which npm writes fields (alphabetical after the version) keeps the diff small.
      const fields = Object.entries(entry).sort(([a], [b]) => a.localeCompare(b, "en"));
      packages[top] = { version, ...Object.fromEntries(fields) };
      added.push(name);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { lockfile: { ...lockfile, packages: Object.fromEntries(sorted) }, added };
}
