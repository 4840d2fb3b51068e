// fleet: hosts of their own (network namespaces); kills, pulled cables and restarts in mid-conversation
import { parseArgs } from "node:util";
import { Fleet } from "../../e2e/fleet/fleet";
import { enterPrivateNetwork } from "../../e2e/support/network/private-network";
import { whyNoNetwork, type TestNetwork } from "../../e2e/support/network/test-network";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import type { FleetFault } from "./fleet-fault";
import { fleetFaults } from "./fleet-faults";
import { launchBrowsers } from "./guests";
import { layNetwork, placesIn } from "./places";
import { runFleetFault, type FleetFaultFigures } from "./run-fleet-fault";

/** `--only NAME,NAME` tries some of the faults and writes nothing. */
const { values } = parseArgs({ options: { only: { type: "string" } } });
const only = values.only?.split(",") ?? null;
const faults = fleetFaults.filter(({ name }) => only?.includes(name) ?? true);
if (faults.length === 0) {
  throw new Error(`the faults are ${fleetFaults.map(({ name }) => name).join(", ")}`);
}
const whyNot = whyNoNetwork();
if (whyNot !== null) throw new Error(`${whyNot}; on loopback: npx playwright test e2e/fleet`);
const endedWith = await enterPrivateNetwork();
if (endedWith === null) await measure();
else process.exitCode = endedWith;

async function measure(): Promise<void> {
  const loadAverageBefore = loadAverage();
  const figures: FleetFaultFigures[] = [];
  const network = layNetwork();
  try {
    for (const fault of faults) {
      console.log(`${fault.name}: ${fault.about}`);
      figures.push(await onNewFleet(network, fault));
    }
  } finally {
    network.close();
  }
  report(figures);
  if (only === null) {
    writeResults("fleet", { loadAverageBefore, loadAverageAfter: loadAverage(), faults: figures });
  }
}

/** A fleet for this fault alone: rooms of an earlier one would still be at its servers. */
async function onNewFleet(network: TestNetwork, fault: FleetFault): Promise<FleetFaultFigures> {
  const fleet = await Fleet.start({}, placesIn(network));
  try {
    const browsers = await launchBrowsers(network, fleet);
    try {
      return await runFleetFault(fault, { fleet, network, browsers });
    } finally {
      await Promise.all(browsers.map((browser) => browser.close()));
    }
  } finally {
    await fleet.close();
  }
}

function report(figures: readonly FleetFaultFigures[]): void {
  const seconds = (ms: number | null) => (ms === null ? "never" : (ms / 1_000).toFixed(1));
  console.log("");
  printTable(
    ["fault", "harm s", "Ada answered s", "Bea answered s", "lines", "lost", "the reply"],
    figures.map(({ name, harmMs, answeredMs: { ada, bea }, lines, lost, reply }) => [
      ...[name, seconds(harmMs), seconds(ada), seconds(bea), lines, lost, reply],
    ]),
  );
  const missed = figures.flatMap(({ name, missed: points }) =>
    points.map((point) => `${name}: ${point}`),
  );
  console.log(missed.length === 0 ? "\nNothing was lost." : `\n${missed.join("\n")}`);
  if (missed.length > 0) process.exitCode = 1;
}
