import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { embeddingPort, testPort } from "./e2e/support/port";

const port = testPort;
/** A fresh data folder each run: no test may lean on what an earlier run left behind. */
const dataFolder = join(tmpdir(), `parley-e2e-${process.pid}`);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One at a time: audio in real time needs the whole of a small machine.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  outputDir: "test-results",
  reporter: [["list"]],
  use: { baseURL: `http://localhost:${port}` },
  webServer: {
    command: "node scripts/start.mjs",
    url: `http://localhost:${port}/ready`,
    timeout: 600_000,
    reuseExistingServer: false,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 8_000 },
    env: {
      PORT: String(port),
      INFERENCE_PORT: String(port + 1),
      PARLEY_DATA: dataFolder,
      EMBED_ORIGINS: `http://localhost:${embeddingPort}`,
      // The tests speak with synthetic voices, which it hears the same way each time.
      RECOGNIZER_MODEL: "builtin",
    },
  },
});
