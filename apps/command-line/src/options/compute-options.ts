import { availableParallelism } from "node:os";
import { Option } from "commander";
import { providerList, wholeNumber } from "./option-values";

/** Default limit; more threads do not speed up one operator. */
const mostThreads = 4;

/** Options for the threads and execution providers of a local engine. */
export function computeOptions(): readonly Option[] {
  return [
    new Option("--threads <number>", "threads within one operator")
      .argParser(wholeNumber(1, 256))
      .default(Math.min(mostThreads, availableParallelism())),
    new Option(
      "--provider <list>",
      "execution providers, best first: cpu, cuda, tensorrt, webgpu, coreml",
    )
      .argParser(providerList)
      .default(["cpu"], "cpu"),
  ];
}
