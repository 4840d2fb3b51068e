import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const choiceSchema = z.object({ recognizer: z.string().min(1).max(200) });

/** The operator's choice of a recogniser, kept over restarts. */
export class SavedChoice {
  readonly #folder: string;

  /** @param folder the data folder, `PARLEY_DATA` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns null when nothing was chosen, or the file cannot be read */
  async read(): Promise<string | null> {
    const text = await readFile(this.#file, "utf8").catch(() => null);
    if (text === null) return null;
    try {
      return choiceSchema.parse(JSON.parse(text)).recognizer;
    } catch {
      return null;
    }
  }

  async write(recognizer: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = `${this.#file}.${process.pid}`;
    await writeFile(temporary, `${JSON.stringify({ recognizer }, null, 2)}\n`);
    await rename(temporary, this.#file);
  }

  get #file(): string {
    return join(this.#folder, "recognizer.json");
  }
}
