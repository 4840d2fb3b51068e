import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/{media-server,inference,command-line}/src/**/*.test.ts",
            "{scripts,bench,e2e,fuzz}/**/*.test.{mjs,ts}",
          ],
          // For what hangs, not for what is slow: a busy machine takes many times a quiet one's time.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      "apps/web",
    ],
  },
});
