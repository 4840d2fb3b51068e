// a graphics card: streams in real time, batches, Magpie's voices; --pack prepares it for another machine
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryWebgpu } from "@parley/speech/runtime/probe/try-webgpu";
import { softwareVulkan } from "../../scripts/test/software-vulkan.mjs";
import { currentCommit, writeResults } from "../support/results";
import { fixtureFiles } from "./pack/fixture-files";
import { makePack } from "./pack/make-pack";

const parameters = process.argv.slice(2);
if (parameters.includes("--pack")) await makePack();
else await run();

/** Measures in full where there is a card, and else shows in small that everything runs. */
async function run(): Promise<void> {
  const { signal } = new AbortController();
  const adapter = await tryWebgpu(process.env, signal);
  const isCard = adapter.kind === "card";
  const software = softwareVulkan();
  if (!isCard && software.missing !== null)
    throw new Error(`nothing to run on: ${software.missing}`);
  console.log(
    isCard ? `On ${adapter.name}.` : "No card: everything runs once, in small, in software.",
  );
  const folder = await mkdtemp(join(tmpdir(), "parley-gpu-bench-"));
  const program = join(import.meta.dirname, "gpu-bench.ts");
  const scale = isCard ? ["--scale", "full"] : ["--scale", "small", "--minutes", "25"];
  const ours = ["--out", folder, "--commit", currentCommit(), ...scale];
  const environment = isCard ? {} : software.environment;
  const bench = spawn(
    process.execPath,
    ["--import", "tsx", program, ...ours, ...parameters, ...fixtureFiles()],
    { env: { ...process.env, ...environment }, stdio: "inherit" },
  );
  const [code] = (await once(bench, "exit")) as [number | null];
  if (code === 0 && !parameters.includes("--only")) {
    const { header, parts } = JSON.parse(await readFile(join(folder, "gpu.json"), "utf8")) as {
      header: Record<string, unknown>;
      parts: unknown;
    };
    const proof = isCard
      ? "measured"
      : "unproved: no card was at hand, these are a software device's";
    writeResults("gpu", { ...header, proof, parts });
  }
  await rm(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
}
