// the page itself: what a first visit costs over a slow network, and processor time afterwards
import { startParley } from "../../e2e/support/parley-instance";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { measureLoad } from "./measure-load";
import { measureRest } from "./measure-rest";

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
  const rest = await measureRest(parley.address);
  printTable(
    ["% of a core", "page", "renderer", "whole browser"],
    Object.entries(rest).map(([scene, spent]) => [
      scene,
      spent.page,
      spent.renderer,
      spent.browser,
    ]),
  );
  writeResults("page", {
    load: { network: "slow 4G, CPU / 4", goal: { kilobytes: 250, largestPaintMs: 1_800 }, ...load },
    rest: { unit: "% of a core", goal: { atRest: 3, speaking: 12 }, ...rest },
  });
} finally {
  await parley.close();
}
