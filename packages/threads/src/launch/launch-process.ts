import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorkerMessage } from "../messages";
import type { Launch } from "./launch";

export type ProcessLaunchOptions = {
  /** A JavaScript file, or a TypeScript one where this process's own flags load TypeScript. */
  file: URL;
  /** Variables besides this process's own. */
  environment?: Record<string, string>;
  /** Flags of Node besides this process's own. */
  flags?: readonly string[];
};

/** A child process. Buffers in `transfer` are copied: processes share no memory. */
export function launchProcess({ file, environment, flags = [] }: ProcessLaunchOptions): Launch {
  return ({ onMessage, onError, onExit }) => {
    const child = fork(fileURLToPath(file), {
      serialization: "advanced",
      env: { ...process.env, ...environment },
      execArgv: [...process.execArgv, ...flags],
    });
    child.on("message", (message) => {
      onMessage(message as WorkerMessage);
    });
    child.on("error", onError);
    child.on("exit", (code, signal) => {
      onExit(`its process ended with ${signal ?? code ?? "no code"}`);
    });
    return {
      post: (message) => {
        // The exit, reported on its own, rejects the call.
        if (child.connected) child.send(message, () => undefined);
      },
      terminate: () => {
        child.kill("SIGKILL");
      },
    };
  };
}
