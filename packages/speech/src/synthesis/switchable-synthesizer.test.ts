import { describe, expect, it } from "vitest";
import type { SynthesisPart } from "../contracts/synthesizer";
import { SteppedSynthesizer } from "../testing/stepped-synthesizer";
import { SwitchableSynthesizer } from "./switchable-synthesizer";

const { signal } = new AbortController();

class CountedSynthesizer extends SteppedSynthesizer {
  closed = 0;

  override close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

async function* say(text: string) {
  yield await Promise.resolve(text);
}

async function typesOf(parts: AsyncIterable<SynthesisPart>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of parts) types.push(type);
  return types;
}

function speak(synthesizer: SwitchableSynthesizer, text: string, voice = "") {
  return synthesizer.speak({ clauses: say(text), voice, signal });
}

describe("SwitchableSynthesizer", () => {
  it("ends a reply with the voice that it began with, and closes that one afterwards", async () => {
    const old = new CountedSynthesizer();
    const next = new CountedSynthesizer();
    const synthesizer = new SwitchableSynthesizer(old);
    const reply = speak(synthesizer, "ab")[Symbol.asyncIterator]();
    await reply.next();
    synthesizer.replace(next);
    expect(old.closed).toBe(0);
    await typesOf(speak(synthesizer, "c"));
    expect(next.clauses.map(({ text }) => text)).toEqual(["c"]);
    while ((await reply.next()).done !== true);
    expect(old.clauses.map(({ text }) => text)).toEqual(["ab"]);
    expect(old.closed).toBe(1);
    expect(next.closed).toBe(0);
  });

  it("closes a voice that nobody uses at once", () => {
    const old = new CountedSynthesizer();
    const synthesizer = new SwitchableSynthesizer(old);
    synthesizer.replace(new CountedSynthesizer());
    expect(old.closed).toBe(1);
  });

  it("gives a reply that was not begun before the switch the new voice", async () => {
    const next = new CountedSynthesizer();
    const synthesizer = new SwitchableSynthesizer(new CountedSynthesizer());
    const reply = speak(synthesizer, "late");
    synthesizer.replace(next);
    expect(await typesOf(reply)).toContain("clause-end");
    expect(next.clauses).toHaveLength(1);
  });

  it("speaks by default for rooms whose voice is gone, and hands on one that never was", async () => {
    const next = new CountedSynthesizer();
    Object.assign(next, { voices: ["Leo"] });
    const synthesizer = new SwitchableSynthesizer(new CountedSynthesizer(), ["slt"]);
    synthesizer.replace(next);
    expect(synthesizer.voices).toEqual(["Leo"]);
    for (const voice of ["Sofia", "slt", "hal", "Leo"]) {
      await typesOf(speak(synthesizer, voice, voice));
    }
    expect(next.clauses.map(({ request }) => request.voice)).toEqual(["", "", "hal", "Leo"]);
  });

  it("closes all that it ever had", async () => {
    const voices = [new CountedSynthesizer(), new CountedSynthesizer()];
    const synthesizer = new SwitchableSynthesizer(voices[0]!);
    synthesizer.replace(voices[1]!);
    await synthesizer.close();
    expect(voices.every(({ closed }) => closed > 0)).toBe(true);
  });
});
