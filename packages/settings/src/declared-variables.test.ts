/** Sources of the whole repository against the declarations: nothing is read in secret. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { allSettings } from "./all-settings";
import type { Reader } from "./setting";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const places = ["apps", "packages", "scripts", "e2e"];

/** Variables that operating systems, npm and CI systems set for everybody: no settings of Parley. */
const ofOthers = ["CI", "HOME", "PATH", "LD_LIBRARY_PATH", "npm_execpath", "npm_lifecycle_event"];

/** Readers that are scripts, or are started by one. */
const scriptReaders: readonly Reader[] = ["npm start", "npm run dev", "npm test", "setup"];

/**
 * How code here reads a variable; the name is the first group, or several within braces. One that is
 * set, for a library, is none.
 */
const readings = [
  /\bprocess\.env\.(\w+)\b(?!\s*=[^=])/gu,
  /\bprocess\.env\[["'](\w+)["']\]/gu,
  /\b(?:env|environment|variables)\.([A-Z][A-Z0-9_]+)\b(?!\s*=[^=])/gu,
  /\b(?:env|environment|variables)\[["']([A-Z][A-Z0-9_]+)["']\]/gu,
  /\bportFrom\("(\w+)"/gu,
  /\{([^{}]*)\} = (?:process\.env|environment)\b/gu,
];

type Source = { file: string; text: string };

const sources: Source[] = places.flatMap((place) =>
  readdirSync(join(repository, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/u.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .filter((file) => !/node_modules|[\\/]dist[\\/]|[\\/]fixtures[\\/]/u.test(file))
    .map((file) => ({ file, text: readFileSync(join(repository, file), "utf8") })),
);

function variablesReadIn({ text }: Source): string[] {
  const found = readings.flatMap((reading) => [...text.matchAll(reading)].map((hit) => hit[1]));
  const names = found
    .flatMap((names = "") => names.split(",").map((name) => name.split(":")[0]?.trim() ?? ""))
    .filter((name) => /^[A-Z][A-Z0-9_]+$/u.test(name) || name.startsWith("npm_"));
  return [...new Set(names)];
}

const own = sources.filter(({ file }) => !file.endsWith("declared-variables.test.ts"));

it("finds the sources", () => {
  const read = new Set(own.flatMap(variablesReadIn));
  expect([...read]).toEqual(
    expect.arrayContaining(["PARLEY_CACHE", "MEDIASOUP_WORKER_BIN", "PORT", "LLM_BASE_URL"]),
  );
});

it("finds every variable that is read among the declarations", () => {
  const undeclared = own.flatMap((source) =>
    variablesReadIn(source)
      .filter((name) => !(name in allSettings) && !ofOthers.includes(name))
      .map(
        (name) => `${source.file} reads ${name}: declare it (docs/contributing/add-a-setting.md)`,
      ),
  );
  expect(undeclared).toEqual([]);
});

it("finds the scripts among the readers of what they read", () => {
  const scripts = own.filter(({ file }) => /^scripts[\\/].*\.mjs$/u.test(file));
  const unsaid = scripts
    .filter(({ file }) => !file.endsWith(".test.mjs"))
    .flatMap((source) =>
      variablesReadIn(source)
        .filter((name) => !ofOthers.includes(name))
        .filter((name) => !allSettings[name]?.readBy.some((who) => scriptReaders.includes(who)))
        .map((name) => `${name}, which ${source.file} reads`),
    );
  expect(unsaid).toEqual([]);
});

it("declares nothing that is not read", () => {
  const users = own.filter(
    ({ file }) => !/^packages[\\/]settings[\\/]/u.test(file) && !file.includes(".test."),
  );
  const unread = Object.keys(allSettings).filter(
    (name) => !users.some(({ text }) => new RegExp(`\\b${name}\\b`, "u").test(text)),
  );
  expect(unread).toEqual([]);
});
