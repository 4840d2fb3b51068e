import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openCalls, type Call, type CallPort, type Calls } from "./calls";

/** Another process of the bench, so that its work does not disturb what is measured. */
export type SideProcess<Its extends Calls> = { call: Call<Its>; close(): Promise<void> };

/**
 * @param file A TypeScript file that answers calls on `parentProcess()`.
 * @param settings Variables and flags besides the parent's own.
 */
export function startProcess<Its extends Calls>(
  file: URL,
  settings: { environment?: Record<string, string>; flags?: readonly string[] } = {},
): SideProcess<Its> {
  const child = fork(fileURLToPath(file), {
    serialization: "advanced",
    env: { ...process.env, ...settings.environment },
    // The parent's own flags load TypeScript in the child too.
    execArgv: [...process.execArgv, ...(settings.flags ?? [])],
  });
  const exited = once(child, "exit");
  const { call, fail } = openCalls<Its>({
    post: (message) => {
      child.send(message as object);
    },
    listen: (listener) => {
      child.on("message", listener);
    },
  });
  void exited.then(() => {
    fail(`${file.pathname} ended`);
  });
  return {
    call,
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The process that started this one; without it there is nothing left to do. */
export function parentProcess(): CallPort {
  process.on("disconnect", () => {
    process.exit();
  });
  return {
    post: (message) => {
      process.send?.(message);
    },
    listen: (listener) => {
      process.on("message", listener);
    },
  };
}
