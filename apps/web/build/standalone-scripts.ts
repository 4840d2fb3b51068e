import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

type Script = {
  /** Address under the server's origin, without the leading slash. */
  fileName: string;
  entry: string;
  /** `iife` for a classic `<script>`; `es` for `import`. */
  format: "es" | "iife";
};

/** Scripts for pages of others: one file each, at an address that stays. */
const scripts: readonly Script[] = [
  {
    fileName: "client/parley-client.js",
    entry: fileURLToPath(new URL("../../../packages/client/src/index.ts", import.meta.url)),
    format: "es",
  },
  {
    fileName: "widget.js",
    entry: fileURLToPath(new URL("../src/widget/widget.ts", import.meta.url)),
    format: "iife",
  },
];

/** Adds {@link scripts} to the build, and serves them while developing. */
export function standaloneScripts(): Plugin {
  return {
    name: "standalone-scripts",
    async generateBundle() {
      for (const script of scripts) {
        const source = await bundle(script);
        this.emitFile({ type: "asset", fileName: script.fileName, source });
      }
    },
    configureServer(server) {
      for (const script of scripts) {
        server.middlewares.use(`/${script.fileName}`, (_request, response, next) => {
          bundle(script).then((source) => {
            response.setHeader("content-type", "text/javascript");
            response.setHeader("access-control-allow-origin", "*");
            response.end(source);
          }, next);
        });
      }
    },
  };
}

async function bundle({ entry, format, fileName }: Script): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: {
        input: entry,
        // An entry's exports are what the script is for.
        preserveEntrySignatures: "strict",
        output: { format, codeSplitting: false, entryFileNames: fileName },
      },
    },
  });
  const outputs = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  const [script, ...others] = outputs;
  if (script?.type !== "chunk" || others.length > 0) {
    throw new Error(`${fileName} does not fit into one file`);
  }
  return script.code;
}
