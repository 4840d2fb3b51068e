import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Lines of output, first and last, that are kept for the message when a command fails. */
const FIRST_LINES = 40;
const LAST_LINES = 40;

/** A failed command, with the first and last lines of its output. */
export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {string} reason Such as "exit code 1".
   * @param {string} output
   */
  constructor(command, reason, output) {
    super(`${command} failed: ${reason}`);
    this.name = "CommandFailed";
    this.output = output;
  }
}

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment; by default this process's own.
 * @property {(line: string) => void} [onLine] Called for each line that the command writes.
 * @property {number} [deadlineMs] Kill the command after this long.
 */

/**
 * Runs a command quietly and waits for its end. Rejects with {@link CommandFailed}.
 *
 * @param {string} command
 * @param {string[]} parameters
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} The first and last lines of its output.
 */
export function runCommand(command, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const first = [];
    /** @type {string[]} */
    const last = [];
    let omitted = 0;
    const output = () =>
      [...first, ...(omitted > 0 ? [`… ${omitted} lines left out …`] : []), ...last].join("\n");
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let overdue = false;
    const deadline =
      options.deadlineMs === undefined
        ? undefined
        : setTimeout(() => {
            overdue = true;
            child.kill("SIGKILL");
          }, options.deadlineMs);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        if (first.length < FIRST_LINES) first.push(line);
        else if (last.push(line) > LAST_LINES) {
          last.shift();
          omitted += 1;
        }
        options.onLine?.(line);
      });
    }
    const fail = (/** @type {string} */ reason) => {
      clearTimeout(deadline);
      reject(new CommandFailed(`${command} ${parameters.join(" ")}`, reason, output()));
    };
    child.once("error", (error) => fail(error.message));
    child.once("close", (code, signal) => {
      clearTimeout(deadline);
      if (code === 0) resolve(output());
      else if (overdue) fail(`no end within ${(options.deadlineMs ?? 0) / 1000} s`);
      else fail(signal === null ? `exit code ${code}` : `ended by ${signal}`);
    });
  });
}

/**
 * True when a command exits with code 0. Its output is discarded.
 *
 * @param {string} command
 * @param {string[]} parameters
 * @returns {Promise<boolean>}
 */
export async function succeeds(command, parameters) {
  return runCommand(command, parameters).then(
    () => true,
    () => false,
  );
}
