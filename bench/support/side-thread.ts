import { createRequire } from "node:module";
import { parentPort, Worker } from "node:worker_threads";
import { openCalls, type Call, type CallPort, type Calls } from "./calls";

export type SideThread<Its extends Calls> = { call: Call<Its>; close(): Promise<void> };

/** @param file A TypeScript file that answers calls on `parentThread()`. */
export function startThread<Its extends Calls>(file: URL): SideThread<Its> {
  // Node 20 does not apply `--import tsx` to a thread's first file.
  const tsx = createRequire(import.meta.url)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs");
  const bootstrap = `import(${JSON.stringify(tsx)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(file.href)});
  });`;
  const worker = new Worker(bootstrap, { eval: true });
  const { call, fail } = openCalls<Its>({
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (listener) => {
      worker.on("message", listener);
    },
  });
  worker.on("error", (error: unknown) => {
    fail(error instanceof Error ? error.message : String(error));
  });
  return {
    call,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** The thread that started this one. */
export function parentThread(): CallPort {
  const port = parentPort;
  if (port === null) throw new TypeError("this runs as a thread only");
  return {
    post: (message) => {
      port.postMessage(message);
    },
    listen: (listener) => {
      port.on("message", listener);
    },
  };
}
