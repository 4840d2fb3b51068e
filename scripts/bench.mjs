/**
 * `npm run bench` lists the benches; `npm run bench -- <name> [parameters]` runs one.
 *
 * A bench is a folder `bench/<name>` with a `main.ts` whose first line is a comment that says what it
 * measures.
 */
import "./system/require-node.mjs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Problem, runMain } from "./report/problem.mjs";
import { runPrepared } from "./run/prepared-program.mjs";
import { REPOSITORY } from "./system/folders.mjs";

const BENCHES = path.join(REPOSITORY, "bench");

/** @returns {Promise<{ name: string, measures: string }[]>} */
async function listBenches() {
  const entries = await readdir(BENCHES, { withFileTypes: true }).catch(() => []);
  const benches = await Promise.all(
    entries.map(async ({ name }) => {
      const source = await readFile(path.join(BENCHES, name, "main.ts"), "utf8").catch(() => null);
      const comment = /^(?:\/\/|\/\*\*?)\s*(.*?)\s*(?:\*\/)?$/m.exec(source?.split("\n")[0] ?? "");
      return source === null ? [] : [{ name, measures: comment?.[1] ?? "" }];
    }),
  );
  return benches.flat();
}

/** @param {{ name: string, measures: string }[]} benches */
function describeBenches(benches) {
  const width = Math.max(0, ...benches.map(({ name }) => name.length));
  return benches.map(({ name, measures }) => `  ${name.padEnd(width)}  ${measures}`).join("\n");
}

await runMain(async () => {
  const benches = await listBenches();
  const [name, ...parameters] = process.argv.slice(2);
  if (name === undefined) {
    console.log(`Run one with: npm run bench -- <name>\n\n${describeBenches(benches)}`);
    return;
  }
  if (!benches.some((bench) => bench.name === name)) {
    throw new Problem(`There is no bench "${name}".`, "run one of these.", {
      details: describeBenches(benches),
    });
  }

  process.exitCode = await runPrepared(path.join(BENCHES, name, "main.ts"), parameters);
});
