import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const STAND_INS = fileURLToPath(new URL("system-libraries", import.meta.url));

/** Number of source files that the unity build compiles as one. */
export const GROUP_SIZE = 13;

/**
 * Replaces a piece of text that must be there exactly once.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string | ((...match: string[]) => string)} replacement
 * @param {string} what Named in the error when mediasoup's sources have changed.
 */
function replaceOnce(text, pattern, replacement, what) {
  if (!pattern.test(text)) throw new Error(`mediasoup's sources have changed: ${what} not found`);
  return text.replace(pattern, /** @type {string} */ (replacement));
}

/**
 * Reorders a list by dealing it out like cards, so that no two neighbours end up in one group.
 *
 * Neighbouring sources define static functions of the same name, which clash in a unity build.
 *
 * @template Item
 * @param {Item[]} items
 * @param {number} groupSize
 * @returns {Item[]}
 */
export function dealOut(items, groupSize) {
  const groups = Math.ceil(items.length / groupSize);
  return Array.from({ length: groups }, (_, group) =>
    items.filter((_item, index) => index % groups === group),
  ).flat();
}

/**
 * Adapts the worker's `meson.build`: it accepts an older meson, and the sources are dealt out.
 *
 * @param {string} description The text of its `meson.build`.
 * @returns {string}
 */
export function adaptBuildDescription(description) {
  const anyMeson = replaceOnce(
    description,
    /meson_version: '[^']*'/,
    "meson_version: '>= 1.0.0'",
    "the required meson version",
  );
  return replaceOnce(
    anyMeson,
    /(common_sources = \[\n)([^\]]*)(\])/,
    (_all, start, list, end) => {
      const sources = list.split("\n").filter((line) => line.trim() !== "");
      return `${start}${dealOut(sources, GROUP_SIZE).join("\n")}\n${end}`;
    },
    "the list of sources",
  );
}

/**
 * Fixes a crash at the first DTLS handshake with an OpenSSL that supports kernel TLS, such as
 * Debian's.
 *
 * The worker's BIO callback must pass on the result of every call that returns. It compares the
 * whole operation with the flag where it should test the flag, and so answers "yes" to everything,
 * also to "is kernel TLS on?".
 *
 * @param {string} source The text of `DtlsTransport.cpp`.
 * @returns {string}
 */
export function patchHandshake(source) {
  return replaceOnce(
    source,
    /\(operationType == BIO_CB_RETURN\)/,
    "((operationType & BIO_CB_RETURN) != 0)",
    "the test of BIO_CB_RETURN in DtlsTransport.cpp",
  );
}

/**
 * Copies the worker's sources out of mediasoup's package and makes them build with system libraries.
 *
 * @param {string} packageFolder mediasoup's package, which stays as it is.
 * @param {string} target A folder to fill.
 */
export async function prepareWorkerSources(packageFolder, target) {
  await cp(path.join(packageFolder, "worker"), target, { recursive: true });
  const rewrite = async (
    /** @type {string} */ name,
    /** @type {(text: string) => string} */ change,
  ) => {
    const file = path.join(target, name);
    await writeFile(file, change(await readFile(file, "utf8")));
  };
  await rewrite("meson.build", adaptBuildDescription);
  await rewrite("src/RTC/DtlsTransport.cpp", patchHandshake);

  const subprojects = path.join(target, "subprojects");
  for (const name of await readdir(subprojects)) {
    if (name.endsWith(".wrap")) await rm(path.join(subprojects, name));
  }
  await cp(STAND_INS, subprojects, { recursive: true });
}
