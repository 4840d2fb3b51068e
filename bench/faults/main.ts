// faults: kills, a frozen process, disks that take no writes: what people see, when it works again, what is lost
import { parseArgs } from "node:util";
import { launchBrowser } from "../../e2e/support/browser";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { allFaults } from "./faults/all-faults";
import { runFault, unplayed, type FaultFigures } from "./run-fault";

const port = 27_900;
const noticesShown = 6;

/** `--only NAME,NAME` tries some of the faults and writes nothing. */
const { values } = parseArgs({ options: { only: { type: "string" } } });
const only = values.only?.split(",") ?? null;
const faults = allFaults.filter(({ name }) => only?.includes(name) ?? true);
if (faults.length === 0) {
  throw new Error(`the faults are ${allFaults.map(({ name }) => name).join(", ")}`);
}

const loadAverageBefore = loadAverage();
const figures: FaultFigures[] = [];
const browser = await launchBrowser(null);
try {
  for (const fault of faults) {
    console.log(`${fault.name}: ${fault.about}`);
    const reason = fault.whyNot?.() ?? null;
    figures.push(
      reason === null ? await runFault(fault, browser, port) : unplayed(fault, reason, []),
    );
  }
} finally {
  await browser.close();
}

const seconds = (ms: number | null) => (ms === null ? "never" : (ms / 1_000).toFixed(1));
console.log("");
printTable(
  ["fault", "harm s", "answered s", "lines", "lost", "typed meanwhile", "processes left"],
  figures.map(({ name, skipped, ...fault }) => [
    name,
    ...(skipped === null
      ? [
          seconds(fault.harmMs),
          seconds(fault.answeredMs),
          fault.lines,
          fault.lost,
          fault.isTypedLineKept ? "kept" : "lost",
          fault.left,
        ]
      : ["-", "-", "-", "-", "-", "-"]),
  ]),
);
console.log("\nWhat people saw, in seconds after the harm began:");
for (const { name, skipped, seen } of figures) {
  const notices = seen
    .slice(0, noticesShown)
    .map(({ afterMs, text }) => `${seconds(afterMs)} ${text}`);
  console.log(`  ${name}: ${skipped === null ? notices.join("; ") : `not tried: ${skipped}`}`);
}
const missed = figures.flatMap(({ name, missed: points }) =>
  points.map((point) => `${name}: ${point}`),
);
console.log(missed.length === 0 ? "\nNothing was lost." : `\n${missed.join("\n")}`);
if (missed.length > 0) process.exitCode = 1;
if (only === null) {
  writeResults("faults", {
    loadAverageBefore,
    loadAverageAfter: loadAverage(),
    missed,
    faults: figures,
  });
}
