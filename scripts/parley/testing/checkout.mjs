import { execFile, spawn } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { REPOSITORY } from "../../system/folders.mjs";

/**
 * A stand-in for start.mjs: says what it was given, and has a child of its own. The file `flaws` says
 * which part fails, and which has a child that does not end by itself.
 */
const STARTER = `
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
const part = process.argv[3];
const { failing, stubborn } = JSON.parse(readFileSync(new URL("../flaws", import.meta.url)));
const given = ["INFERENCE_KEY", "LLM_BASE_URL", "LLM_GGUF", "LLM_EXTRA_BODY", "HF_TOKEN", "LOG_LEVEL", "LLM_SERVER_SLOTS"]
  .map((name) => name + "=" + (process.env[name] ?? ""));
console.log(part + " was given " + given.join(" "));
if (failing === part) {
  console.log("it cannot run with what is set");
  process.exit(1);
}
const script = (stubborn === part ? "process.on('SIGTERM', () => {});" : "") + "setInterval(() => {}, 60000); console.log('up')";
const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
child.stdout.once("data", () => {
  // Without inference it never is.
  if (failing === "inference") return;
  console.log(part === "media-server" ? "Parley is ready: http://localhost:7860" : "Inference is ready");
});
process.on("SIGTERM", () => {
  child.kill();
  if (stubborn === part) process.exit(0);
  child.once("exit", () => process.exit(0));
});
`;

/** Programs that are asked for what they were given. */
const RECORDER = `#!/bin/sh
{ echo "$(basename "$0") $*"; env | grep -E '^(COMPOSE_|CPU_|LLM_|LLAMA_|VLLM_|CHAT_|INFERENCE_KEY)' | sort; } >>"$RECORD"
[ "$(basename "$0")" != llama-server ] || exec sleep 60
`;

/**
 * A checkout with nothing but scripts/parley.sh, whose servers are stand-ins, on a machine with few
 * programs.
 */
export async function makeCheckout() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parley-script-"));
  const programs = path.join(folder, "programs");
  const scripts = path.join(folder, "scripts");
  const record = path.join(folder, "record");
  await cp(path.join(REPOSITORY, "scripts", "parley"), path.join(scripts, "parley"), {
    recursive: true,
  });
  await cp(path.join(REPOSITORY, "scripts", "parley.sh"), path.join(scripts, "parley.sh"));
  await mkdir(path.join(folder, "docker"));
  await mkdir(programs);
  await writeFile(path.join(scripts, "setup.mjs"), "console.log('prepared')");
  await writeFile(path.join(scripts, "start.mjs"), STARTER);
  await writeFile(path.join(folder, "flaws"), "{}");
  await writeFile(record, "");

  const environment = {
    PATH: `${programs}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    PARLEY_DATA: path.join(folder, "data"),
    RECORD: record,
    STOP_SECONDS: "2",
  };
  const install = async (/** @type {string} */ name, /** @type {string} */ text) => {
    await writeFile(path.join(programs, name), text);
    await chmod(path.join(programs, name), 0o755);
  };
  await install("docker", "#!/bin/sh\nexit 1\n");

  return {
    folder,
    record: () => readFile(record, "utf8"),
    /** A program that notes how it was called; llama-server runs on, others end at once. */
    installRecorder: (/** @type {string} */ name) => install(name, RECORDER),
    write: async (/** @type {string} */ place, /** @type {string} */ text) => {
      await mkdir(path.dirname(path.join(folder, place)), { recursive: true });
      await writeFile(path.join(folder, place), text);
    },
    /**
     * Runs the script to its end.
     *
     * @param {string} command
     * @param {Record<string, string>} [more]
     * @returns {Promise<{ code: number, output: string }>}
     */
    run: (command, more = {}) =>
      new Promise((resolve) => {
        const child = execFile(
          path.join(scripts, "parley.sh"),
          command.split(" "),
          { env: { ...environment, ...more } },
          (_error, stdout, stderr) =>
            resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
        );
      }),
    /** Starts the script and leaves it running. */
    begin: (/** @type {string} */ command) =>
      spawn(path.join(scripts, "parley.sh"), command.split(" "), {
        env: environment,
        stdio: ["ignore", "pipe", "inherit"],
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
