import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A Parley of a test's or bench's own, with ports and folders apart from any other. */
export type ParleyInstance = {
  address: string;
  /** Of `scripts/start.mjs`, which has both servers for children. */
  processId: number;
  close(): Promise<void>;
};

/**
 * Starts the product by its own command and waits for its closing line.
 *
 * @param environment where it names `PARLEY_DATA`, that folder is used and stays
 */
export async function startParley(
  port: number,
  environment: Record<string, string> = {},
): Promise<ParleyInstance> {
  const folder = mkdtempSync(join(tmpdir(), "parley-own-"));
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      ...process.env,
      PORT: String(port),
      INFERENCE_PORT: String(port + 1),
      PARLEY_DATA: folder,
      // Benches speak with synthetic voices, which it knows; one about people says so itself.
      RECOGNIZER_MODEL: "builtin",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const close = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = /^Parley is ready: (\S+)/.exec(line);
    if (ready?.[1] !== undefined && child.pid !== undefined) {
      child.stdout.resume();
      return { address: ready[1], processId: child.pid, close };
    }
  }
  rmSync(folder, { recursive: true, force: true });
  throw new Error("Parley ended before it was ready");
}
