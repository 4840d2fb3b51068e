import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";

/** Set for a program that has been started again. */
const mark = "PARLEY_PRIVATE_NETWORK";

/**
 * Starts this program again in a network namespace of its own, with nothing in it but loopback, and
 * waits for its end. As root on Linux.
 *
 * @returns its exit code; null for the program that was started so
 */
export async function enterPrivateNetwork(): Promise<number | null> {
  if (process.env[mark] !== undefined) {
    execFileSync("ip", ["link", "set", "lo", "up"], { stdio: "pipe" });
    return null;
  }
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn("unshare", ["--net", ...program], {
    env: { ...process.env, [mark]: "1" },
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
