import { copyFile, link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import {
  completionMark,
  librariesFolder,
  packagedLibraries,
  runtimeLibrary,
} from "@parley/speech/runtime/libraries/provider-libraries";
import type { CommandContext } from "../command-context";
import { UsageError } from "../failures";
import { formatBytes } from "../models/format-bytes";
import { TransferBar } from "../models/transfer-bar";
import { downloadPackage } from "./download-package";
import { extractFiles } from "./extract-files";
import { type LibraryManifest, readLibraryManifest } from "./library-manifest";
import { libraryReport } from "./library-report";
import { findPackage } from "./nuget-feed";

export type InstallOptions = {
  /** Another feed's index, such as a mirror's. */
  feed?: string;
};

/** Obtains the libraries of CUDA and TensorRT for the installed onnxruntime, into the cache. */
export async function installCuda(options: InstallOptions, context: CommandContext): Promise<void> {
  const { environment, output, errors, clock, machine, firstInterrupt: signal } = context;
  const manifest = requireManifest();
  const folder = librariesFolder(cacheDirectory(environment));
  await mkdir(folder, { recursive: true });
  const { packageName: name, version } = manifest;
  const index = options.feed ?? manifest.feed;
  errors.write(`parley: asking ${new URL(index).host} for ${name} ${version}\n`);
  const source = await findPackage({ index, name, version }, { fetch: machine.fetch, signal });
  errors.write(`parley: ${formatBytes(source.bytes)}\n`);
  const archive = join(folder, "package.part");
  const bar = new TransferBar(errors, clock);
  try {
    await downloadPackage(source, archive, {
      fetch: machine.fetch,
      clock,
      signal,
      onProgress: (done, total) => {
        bar.show(done, total, name);
      },
    });
  } finally {
    bar.end();
  }
  await putInPlace(archive, folder, manifest);
  const { lines, canUseCuda } = await libraryReport(folder, manifest, environment);
  output.write(`onnxruntime ${version}: ${folder}\n`);
  for (const line of lines) output.write(`  ${line}\n`);
  output.write(
    canUseCuda
      ? "  next: RECOGNIZER_PROVIDERS=cuda,cpu npm start\n"
      : "  next: install what was not found, then: parley gpu status\n",
  );
}

/** The manifest of this platform. @throws UsageError where there is none */
export function requireManifest(): LibraryManifest {
  const manifest = readLibraryManifest();
  if (manifest !== null) return manifest;
  const here = `${process.platform} ${process.arch}`;
  throw new UsageError(`onnxruntime has no libraries of CUDA for ${here}: see docs/gpu.md`);
}

/** Extracts the libraries, and puts onnxruntime's own beside them, where it looks for them. */
async function putInPlace(
  archive: string,
  folder: string,
  { files, version }: LibraryManifest,
): Promise<void> {
  const fresh = (name: string) => join(folder, `${name}.fresh`);
  const names = [...files.values()];
  await extractFiles(archive, new Map([...files].map(([path, name]) => [path, fresh(name)])));
  await copyOrLink(join(packagedLibraries(), runtimeLibrary), fresh(runtimeLibrary));
  for (const name of [...names, runtimeLibrary]) await rename(fresh(name), join(folder, name));
  await writeFile(join(folder, completionMark), JSON.stringify({ version, files: names }));
  await rm(archive, { force: true });
}

/** A link costs no space, but cannot reach another disk. */
async function copyOrLink(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
}
