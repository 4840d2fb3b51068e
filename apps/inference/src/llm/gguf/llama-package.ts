import { spawn } from "node:child_process";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "@parley/shared/errors";
import { asLlamaModule, type LlamaModule } from "./llama-api";

/** The version that was tried with Parley. */
export const llamaVersion = "3.22.1";

/** Where a language model computes: on what there is, on one kind of graphics card, or on the processor. */
export const llamaDevices = ["auto", "cpu", "vulkan", "cuda", "metal"] as const;
export type LlamaDevice = (typeof llamaDevices)[number];

export type LlamaPackageOptions = {
  /** Cache folder that it is installed into. */
  cache: string;
  device: LlamaDevice;
  /** npm's registry and proxies are told by it. */
  environment: NodeJS.ProcessEnv;
  /** The installation begins, which takes a minute. */
  onInstalling: (packages: readonly string[]) => void;
  signal: AbortSignal;
};

/** Limit on what is kept of npm's own words, in characters. */
const maxNpmWords = 400;

/**
 * Loads node-llama-cpp. It is no dependency of Parley's, since its binaries for all platforms weigh
 * 700 MB: those for this machine are installed by npm when a model first wants them. Install scripts
 * are not run.
 *
 * @throws AppError `agent-unavailable` when npm cannot install it; the signal's reason
 */
export async function loadLlamaPackage(options: LlamaPackageOptions): Promise<LlamaModule> {
  const { cache, device, signal } = options;
  const packages = llamaPackages(device, process.platform, process.arch);
  const names = packages.slice(1).map((name) => name.split("/").at(-1));
  const folder = join(cache, "node-llama-cpp", [llamaVersion, ...names].join("+"));
  const entry = join(folder, "node_modules", "node-llama-cpp", "dist", "index.js");
  if ((await stat(entry).catch(() => null)) === null) {
    options.onInstalling(packages);
    await install(folder, packages, options);
  }
  signal.throwIfAborted();
  return asLlamaModule(await import(pathToFileURL(entry).href));
}

/** @returns the npm packages with their version: the library, then its binaries for a machine */
export function llamaPackages(device: LlamaDevice, platform: string, arch: string): string[] {
  const system = { linux: "linux", darwin: "mac", win32: "win" }[platform] ?? platform;
  const machine = `${system}-${arch === "arm" ? "armv7l" : arch}`;
  const suffixes = suffixesOf(device, machine);
  const binaries = suffixes.map((suffix) => `@node-llama-cpp/${machine}${suffix}`);
  return ["node-llama-cpp", ...binaries].map((name) => `${name}@${llamaVersion}`);
}

function suffixesOf(device: LlamaDevice, machine: string): string[] {
  if (machine === "mac-arm64") return ["-metal"];
  const hasGraphics = machine === "linux-x64" || machine === "win-x64";
  if (!hasGraphics || device === "cpu" || device === "metal") return [""];
  if (device === "cuda") return ["", "-cuda", "-cuda-ext"];
  // Runs on cards of all makers, and is a tenth of CUDA's size.
  return ["", "-vulkan"];
}

/** Installs into a folder beside, which takes its name once all of it is there. */
async function install(
  folder: string,
  packages: readonly string[],
  { environment, signal }: LlamaPackageOptions,
): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
  const flags = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--no-save"];
  try {
    await npm(["install", ...flags, ...packages], { cwd: unfinished, environment, signal });
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** @throws AppError `agent-unavailable` with npm's first words; the signal's reason */
async function npm(
  words: readonly string[],
  options: { cwd: string; environment: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<void> {
  const { cwd, signal } = options;
  // npm's own script where npm started this process; else the command.
  const script = options.environment.npm_execpath;
  const isScript = script?.endsWith(".js") === true || script?.endsWith(".cjs") === true;
  const [command, ...first] = isScript ? [process.execPath, script] : ["npm"];
  // A workspace's settings, which npm hands down by the environment, are not this installation's.
  const inherited = Object.entries(options.environment).filter(([name]) => !isOfWorkspace(name));
  const child = spawn(command, [...first, ...words], {
    cwd,
    env: Object.fromEntries(inherited),
    stdio: ["ignore", "ignore", "pipe"],
    signal,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(0, maxNpmWords);
  });
  const failed = (cause: unknown) =>
    new AppError(
      "agent-unavailable",
      `node-llama-cpp ${llamaVersion} could not be installed by npm: ${said.replace(/\s+/gu, " ").trim()}`,
      { cause },
    );
  await new Promise<void>((resolve, reject) => {
    child.once("error", (error) => {
      reject(signal.aborted ? (signal.reason as Error) : failed(error));
    });
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(signal.aborted ? (signal.reason as Error) : failed(code));
    });
  });
}

function isOfWorkspace(name: string): boolean {
  return /^npm_(?:config_(?:workspace|local_prefix|prefix)|package_|lifecycle_)/u.test(name);
}
