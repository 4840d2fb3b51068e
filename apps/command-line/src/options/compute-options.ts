import { availableParallelism } from "node:os";
import { Option } from "commander";
import { providerList, wholeNumber } from "./option-values";

/** More threads than this make one operator no faster. */
const mostThreads = 4;

/** What an engine in this process computes with. */
export function computeOptions(): readonly Option[] {
  return [
    new Option("--threads <number>", "threads within one operator")
      .argParser(wholeNumber(1, 256))
      .default(Math.min(mostThreads, availableParallelism())),
    new Option(
      "--provider <list>",
      "where it runs, best first: cpu, cuda, tensorrt, webgpu, coreml",
    )
      .argParser(providerList)
      .default(["cpu"], "cpu"),
  ];
}
