/** A thread that fuzzes one target, so that `main.ts` can end it where an input makes it hang. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { allTargets } from "./all-targets";

const { name, seed, limitMs } = z
  .object({ name: z.string(), seed: z.int(), limitMs: z.number() })
  .parse(workerData);
const target = allTargets.find((each) => each.name === name);
if (target === undefined || parentPort === null) throw new TypeError(`no target ${name}`);
const port = parentPort;
const run = { seed, limitMs, runs: Number.MAX_SAFE_INTEGER };
const result = await target.fuzz({
  ...run,
  onInput: (input) => {
    port.postMessage({ input });
  },
});
port.postMessage({ result });
