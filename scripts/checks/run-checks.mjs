import { execFile } from "node:child_process";
import os from "node:os";

/** Memory that one check of types may take, as those of the linter do. */
const BYTES_EACH = 4 * 2 ** 30;
/** Output of one check that is kept, in bytes; a check that writes more is ended, and has failed. */
const MOST_OUTPUT = 16 * 2 ** 20;

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} script A program for Node, and its parameters.
 */

/** @returns {number} Checks that the machine carries at once, by its cores and its memory. */
export function checksAtOnce(cores = os.availableParallelism(), bytes = os.totalmem()) {
  return Math.max(1, Math.min(cores, Math.floor(bytes / BYTES_EACH)));
}

/**
 * Runs checks beside each other; what each writes is printed when it ends. All of them run, whichever
 * fails: one change often concerns several.
 *
 * @param {readonly Check[]} checks The longest first, so that none is left alone at the end.
 * @param {{ folder: string, atOnce?: number, print?: (text: string) => void }} options
 * @returns {Promise<string[]>} Names of those that failed.
 */
export async function runChecks(checks, { folder, atOnce = checksAtOnce(), print = console.log }) {
  const waiting = [...checks];
  /** @type {string[]} */
  const failed = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { hasFailed, output } = await run(check.script, folder);
      if (output !== "") print(output);
      if (hasFailed) failed.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

/**
 * @param {string[]} script
 * @param {string} folder
 * @returns {Promise<{ hasFailed: boolean, output: string }>}
 */
function run(script, folder) {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      script,
      { cwd: folder, maxBuffer: MOST_OUTPUT },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim();
        const reason = error === null || output !== "" ? [] : [error.message];
        resolve({ hasFailed: error !== null, output: [output, ...reason].join("") });
      },
    );
  });
}
