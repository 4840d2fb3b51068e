import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Json } from "./json-input";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Inputs that once did harm to a target. */
export async function readCorpus(name: string): Promise<Json[]> {
  const folder = path.join(here, name);
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => readFile(path.join(folder, file), "utf8")),
  );
  return texts.map((text) => JSON.parse(text) as Json);
}

/** Keeps an input, from now on a regression test. @returns the file's path */
export async function keepInput(name: string, input: Json): Promise<string> {
  const text = `${JSON.stringify(input)}\n`;
  const folder = path.join(here, name);
  await mkdir(folder, { recursive: true });
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = path.join(folder, `${digest}.json`);
  await writeFile(file, text);
  return file;
}
