import { access, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import {
  completionMark,
  librariesFolder,
} from "@parley/speech/runtime/libraries/provider-libraries";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import { Argument, type Command } from "commander";
import type { CommandContext } from "../command-context";
import { type InstallOptions, installCuda, requireManifest } from "./install-cuda";
import { readLibraryManifest } from "./library-manifest";
import { libraryReport } from "./library-report";

const description = `Graphics cards: what they are, and the libraries that CUDA needs.

WebGPU comes with Parley and needs only the card's Vulkan driver. CUDA and TensorRT
need libraries that do not; docs/gpu.md says when they are worth their download.`;

const what = () => new Argument("<what>", "what to compute with").choices(["cuda"]);

export function addGpuCommand(program: Command, context: CommandContext): void {
  const gpu = program
    .command("gpu")
    .summary("see what graphics cards can be used, and install CUDA's libraries")
    .description(description);
  gpu
    .command("status")
    .description("Shows the card that WebGPU finds, and whether CUDA's libraries are here.")
    .action(() => showStatus(context));
  gpu
    .command("install")
    .description(
      "Downloads the libraries of CUDA and TensorRT for the installed onnxruntime into " +
        "PARLEY_CACHE; continues what broke off, and verifies the checksum.",
    )
    .addArgument(what())
    .option("--feed <address>", "index of another NuGet feed, such as a mirror's")
    .action((_what: string, options: InstallOptions) => installCuda(options, context));
  gpu
    .command("remove")
    .description("Deletes these libraries.")
    .addArgument(what())
    .action(() => remove(context));
}

async function showStatus(context: CommandContext): Promise<void> {
  const { environment, machine, output, firstInterrupt: signal } = context;
  const { adapter, problem } = await machine.findAdapter(environment, signal);
  output.write(`webgpu: ${adapterText(adapter)}\n`);
  if (problem !== null) output.write(`  GPU_DEVICE: ${problem}\n`);
  const manifest = readLibraryManifest();
  if (manifest === null) {
    output.write("cuda: there are no libraries for this platform\n");
    return;
  }
  const folder = librariesFolder(cacheDirectory(environment));
  if (!(await isInstalled(folder))) {
    output.write("cuda: not installed; get it with: parley gpu install cuda\n");
    return;
  }
  output.write(`cuda: onnxruntime ${manifest.version}: ${folder}\n`);
  const { lines } = await libraryReport(folder, manifest, environment);
  for (const line of lines) output.write(`  ${line}\n`);
}

function adapterText(adapter: Adapter): string {
  if (adapter.kind === "none") return `no, ${adapter.reason}`;
  const precision = adapter.halfPrecision ? "with half precision" : "without half precision";
  const where = adapter.kind === "software" ? `${adapter.name}, in software` : adapter.name;
  return `${where}, ${precision}`;
}

async function remove({ environment, output }: CommandContext): Promise<void> {
  requireManifest();
  const folder = librariesFolder(cacheDirectory(environment));
  const wasThere = await isInstalled(folder);
  await rm(folder, { recursive: true, force: true });
  output.write(wasThere ? `removed ${folder}\n` : "nothing was installed\n");
}

function isInstalled(folder: string): Promise<boolean> {
  return access(join(folder, completionMark)).then(
    () => true,
    () => false,
  );
}
