// the page itself: what a first visit costs over a slow network
import { startParley } from "../support/parley-instance";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { measureLoad } from "./measure-load";

const parley = await startParley(27_890);
try {
  const load = await measureLoad(parley.address);
  printTable(
    ["first visit", "kB", "requests", "largest paint ms", "usable ms"],
    Object.entries(load).map(([page, figures]) => [
      page,
      figures.kilobytes,
      figures.requests,
      figures.largestPaintMs,
      figures.usableMs,
    ]),
  );
  writeResults("page", {
    load: { network: "slow 4G, CPU / 4", goal: { kilobytes: 250, largestPaintMs: 1_800 }, ...load },
  });
} finally {
  await parley.close();
}
