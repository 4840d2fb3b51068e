import { createRequire } from "node:module";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { ThreadNotice, ThreadRequest, ThreadSettings } from "./thread-messages";

export type MediaThreadHandlers = {
  onNotice(notice: ThreadNotice): void;
  /** Exactly once, whatever ended it. */
  onExit(): void;
};

export type MediaThread = {
  send(request: ThreadRequest): void;
  terminate(): void;
};

export function startMediaThread(
  settings: ThreadSettings,
  handlers: MediaThreadHandlers,
): MediaThread {
  const worker = createWorker({ name: "media", workerData: settings });
  worker.on("message", (notice: ThreadNotice) => {
    handlers.onNotice(notice);
  });
  worker.on("error", (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    handlers.onNotice({ type: "failed", reason });
  });
  worker.on("exit", () => {
    handlers.onExit();
  });
  return {
    send: (request) => {
      worker.postMessage(request);
    },
    terminate: () => void worker.terminate(),
  };
}

/** The build lays `media.thread.js` beside this code; from source the thread is TypeScript. */
function createWorker(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./media.thread.js", import.meta.url), options);
  }
  // Node 20 does not apply `--import tsx` to a thread's first file.
  const tsx = createRequire(import.meta.url)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs");
  const file = new URL("./media.thread.ts", import.meta.url).href;
  const bootstrap = `import(${JSON.stringify(tsx)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(file)});
  });`;
  return new Worker(bootstrap, { ...options, eval: true });
}
