import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const nameSchema = z.string().min(1).max(200);

type ChosenKind = "recognizer" | "synthesizer" | "chat-model" | "turn-detector";

/** The operator's choice of a model for one job, kept over restarts. */
export class SavedChoice {
  readonly #folder: string;
  readonly #kind: ChosenKind;

  /** @param folder the data folder, `PARLEY_DATA` */
  constructor(folder: string, kind: ChosenKind) {
    this.#folder = folder;
    this.#kind = kind;
  }

  /** @returns null when nothing was chosen, or the file cannot be read */
  async read(): Promise<string | null> {
    const text = await readFile(this.#file, "utf8").catch(() => null);
    if (text === null) return null;
    try {
      return z.record(z.string(), nameSchema).parse(JSON.parse(text))[this.#kind] ?? null;
    } catch {
      return null;
    }
  }

  async write(name: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = `${this.#file}.${process.pid}`;
    await writeFile(temporary, `${JSON.stringify({ [this.#kind]: name }, null, 2)}\n`);
    await rename(temporary, this.#file);
  }

  get #file(): string {
    return join(this.#folder, `${this.#kind}.json`);
  }
}
