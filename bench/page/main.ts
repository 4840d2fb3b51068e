// the page itself: processor time at rest and while somebody speaks
import { startParley } from "../support/parley-instance";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { measureRest } from "./measure-rest";

const parley = await startParley(27_890);
try {
  const rest = await measureRest(parley.address);
  printTable(
    ["% of a core", "page", "renderer", "whole browser"],
    Object.entries(rest).map(([scene, load]) => [scene, load.page, load.renderer, load.browser]),
  );
  writeResults("page", {
    rest: { unit: "% of a core", goal: { atRest: 3, speaking: 12 }, ...rest },
  });
} finally {
  await parley.close();
}
