import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The address of a `*.thread.ts` file for `new Worker`, run from source or built. The build puts
 * every `x.thread.ts`, wherever it lives, flat beside the main bundle as `x.thread.js`.
 *
 * @param importerUrl the caller's `import.meta.url`
 * @param sourcePath the thread's file relative to the caller, such as `./flite.thread.ts`
 */
export function threadEntry(importerUrl: string, sourcePath: string): URL {
  if (!importerUrl.endsWith(".ts")) {
    return new URL(`./${basename(sourcePath, ".ts")}.js`, importerUrl);
  }
  // A worker does not inherit its parent's TypeScript loader, and `--import tsx` leaves workers of
  // Node 20 alone: the loader has to be registered inside.
  // `tsx/esm/api` itself would resolve to its CommonJS form from here.
  const hooks = pathToFileURL(createRequire(importerUrl).resolve("tsx/esm"));
  const loader = new URL("./api/index.mjs", hooks).href;
  const source = new URL(sourcePath, importerUrl).href;
  const code = [
    `import { register } from ${JSON.stringify(loader)};`,
    "register();",
    `await import(${JSON.stringify(source)});`,
  ].join("\n");
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
