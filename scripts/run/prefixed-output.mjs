import { createInterface } from "node:readline";

/**
 * Forwards a process's output line by line, each line prefixed with the process's name.
 *
 * @param {Pick<import("node:child_process").ChildProcess, "stdout" | "stderr">} child
 * @param {string} name Such as "media".
 * @param {(line: string) => void} [write]
 */
export function prefixOutput(child, name, write = (line) => process.stdout.write(line)) {
  const prefix = `[${name}]`.padEnd(12);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => write(`${prefix} ${line}\n`));
  }
}
