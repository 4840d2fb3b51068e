import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "client",
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.ts"],
    testTimeout: 20_000,
  },
});
