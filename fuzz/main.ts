// `npm run fuzz` lists the targets; `npm run fuzz -- NAME --minutes 5` tries one at length.
import { parseArgs } from "node:util";
import { allTargets } from "./all-targets";
import { keepInput } from "./corpus/corpus";
import { watchedRun } from "./watched-run";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string" },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const width = Math.max(...allTargets.map(({ name }) => name.length));

if (positionals.length === 0) {
  console.log("Run one with: npm run fuzz -- NAME --minutes 5 (or all of them: all)\n");
  for (const { name, about } of allTargets) console.log(`  ${name.padEnd(width)}  ${about}`);
} else if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error("wanted: --minutes above 0, and a whole --seed");
  process.exitCode = 2;
} else {
  const isAll = positionals[0] === "all";
  const chosen = isAll ? allTargets : allTargets.filter(({ name }) => positionals.includes(name));
  if (chosen.length === 0) {
    console.error(`there is no target ${positionals.join(", ")}; npm run fuzz lists them`);
    process.exitCode = 2;
  }
  for (const { name } of chosen) {
    const { tried, finding } = await watchedRun(name, { seed, limitMs: minutes * 60_000 });
    const inputs = `${name.padEnd(width)}  ${tried} inputs, seed ${seed}`;
    if (finding === null) console.log(`${inputs}: none does harm`);
    else {
      const file = await keepInput(name, finding.input);
      console.error(`${inputs}: harm\n${finding.reason}\nkept as ${file}`);
      process.exitCode = 1;
    }
  }
}
