import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { Accent } from "../text/accent";

/** Numbers that describe a voice for texts of one length. */
export const styleWidth = 256;
/** One row for each length in phonemes, from 1. */
const styleRows = 510;

/** The publisher's best voice, by his own marks. */
const bestVoice = "af_heart";
/** Names of English voices begin with their accent and a letter for woman or man. */
const englishVoice = /^[ab][fm]_[a-z]+$/u;

/** The English voices of a model's folder, and their styles. */
export class VoiceStyles {
  readonly #directory: string;
  readonly #styles = new Map<string, Float32Array>();
  /** The default first. */
  readonly names: readonly string[];

  /** @throws AppError `model-mismatch` when there is no English voice */
  static async open(model: string): Promise<VoiceStyles> {
    const directory = join(model, "voices");
    const files = await readdir(directory).catch(() => []);
    const names = files
      .filter((file) => file.endsWith(".bin"))
      .map((file) => file.slice(0, -".bin".length))
      .filter((name) => englishVoice.test(name))
      .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
    if (names.length === 0) {
      throw new AppError("model-mismatch", `${directory}: no English voice, such as ${bestVoice}`);
    }
    return new VoiceStyles(directory, names);
  }

  private constructor(directory: string, names: readonly string[]) {
    this.#directory = directory;
    this.names = names;
  }

  /**
   * The style of a voice for a text of so many phonemes.
   *
   * @returns [256]
   * @throws AppError `model-mismatch` when the voice's file is of another size
   */
  async row(voice: string, phonemes: number): Promise<Float32Array> {
    const styles = this.#styles.get(voice) ?? (await this.#read(voice));
    this.#styles.set(voice, styles);
    const row = Math.min(Math.max(phonemes - 1, 0), styleRows - 1);
    return styles.subarray(row * styleWidth, (row + 1) * styleWidth);
  }

  async #read(voice: string): Promise<Float32Array> {
    const path = join(this.#directory, `${voice}.bin`);
    const mismatch = (reason: string, cause?: unknown) =>
      new AppError("model-mismatch", `${path}: ${reason}`, { cause });
    const bytes = await readFile(path).catch((error: unknown) => {
      throw mismatch(errorMessage(error), error);
    });
    const wanted = styleRows * styleWidth * Float32Array.BYTES_PER_ELEMENT;
    if (bytes.length !== wanted) throw mismatch(`${bytes.length} bytes, not ${wanted}`);
    return new Float32Array(Uint8Array.from(bytes).buffer);
  }
}

/** The accent in which a voice was recorded. */
export function accentOf(voice: string): Accent {
  return voice.startsWith("b") ? "gb" : "us";
}

/** The best voice, then other Americans, then Britons. */
function rank(voice: string): number {
  if (voice === bestVoice) return 0;
  return accentOf(voice) === "us" ? 1 : 2;
}
