import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { RepositoryFacts } from "./model-facts";

const fileSchema = z.record(
  z.string(),
  z.object({
    commit: z.string(),
    licence: z.string().nullable(),
    sizes: z.record(z.string(), z.number()),
    askedAtMs: z.number(),
  }),
);

/** The hub's answers on disk, by repository and revision, so that a restart need not ask again. */
export class FactsFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @returns none when the file is missing or damaged: it can be asked for again */
  async read(): Promise<Map<string, RepositoryFacts>> {
    const text = await readFile(this.#path, "utf8").catch(() => "");
    try {
      return new Map(Object.entries(fileSchema.parse(JSON.parse(text))));
    } catch {
      return new Map();
    }
  }

  async write(facts: ReadonlyMap<string, RepositoryFacts>): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.${process.pid}`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(facts)));
    await rename(temporary, this.#path);
  }
}
