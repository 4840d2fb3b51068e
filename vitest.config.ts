import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/{media-server,inference}/src/**/*.test.ts",
            "{scripts,bench,e2e}/**/*.test.{mjs,ts}",
          ],
          testTimeout: 20_000,
        },
      },
      "apps/web",
    ],
  },
});
