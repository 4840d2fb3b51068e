import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { runnerImport } from "vite";
import { defineConfig } from "vitest/config";
import { roomScripts } from "./build/room-scripts.ts";
import { standaloneScripts } from "./build/standalone-scripts.ts";

/** Address of the media-server that `vite dev` forwards to. */
const mediaUrl = process.env.PARLEY_MEDIA_URL ?? "http://localhost:7861";

/**
 * Option that enables Node's own `localStorage`, the default from Node 25 on. It would hide that of
 * the simulated browser, and stores nothing unless it is given a file.
 */
const webStorageOption = "--experimental-webstorage";
const execArgv = process.allowedNodeEnvironmentFlags.has(webStorageOption)
  ? ["--no-experimental-webstorage"]
  : [];

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    roomScripts(),
    standaloneScripts(),
    {
      name: "first-paint",
      transformIndexHtml: {
        order: "pre",
        async handler(html) {
          const { module } = await runnerImport<{ firstPaint: () => string }>(
            "./src/pages/lobby/first-paint.ts",
            { root: import.meta.dirname },
          );
          return html.replace("<!-- first paint -->", () => module.firstPaint());
        },
      },
    },
  ],
  server: {
    port: Number(process.env.PORT ?? 7860),
    strictPort: true,
    proxy: {
      "/api": mediaUrl,
      "/health": mediaUrl,
      "/ready": mediaUrl,
      "/socket.io": { target: mediaUrl, ws: true },
    },
  },
  // Fonts stay files: the server's policy allows fonts from itself only, not from data URLs.
  build: {
    assetsInlineLimit: 0,
    target: "es2022",
    rolldownOptions: { input: ["index.html", "embed/index.html"] },
  },
  test: {
    name: "web",
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 20_000,
    execArgv,
  },
});
