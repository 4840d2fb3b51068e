import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { precompress } from "./precompress.mjs";

it("puts compressed twins beside what shrinks, and leaves the rest alone", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parley-precompress-"));
  const script = "export const words = 'the same again and again';\n".repeat(100);
  try {
    await mkdir(path.join(folder, "assets"));
    await writeFile(path.join(folder, "assets", "app.js"), script);
    await writeFile(path.join(folder, "assets", "font.woff2"), script);
    await writeFile(path.join(folder, "favicon.svg"), "<svg/>");
    await precompress(folder);
    expect((await readdir(path.join(folder, "assets"))).sort()).toEqual([
      "app.js",
      "app.js.br",
      "app.js.gz",
      "font.woff2",
    ]);
    expect(await readdir(folder)).not.toContain("favicon.svg.br");
    const read = (/** @type {string} */ name) => readFile(path.join(folder, "assets", name));
    expect(brotliDecompressSync(await read("app.js.br")).toString()).toBe(script);
    expect(gunzipSync(await read("app.js.gz")).toString()).toBe(script);
  } finally {
    await rm(folder, { recursive: true });
  }
});
