import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../testing/audio-fixtures";
import { FliteEngine } from "./flite-engine";
import { fliteVoices } from "./flite-voices";
import { speakableText } from "./speakable-text";
import { trimSilence } from "../synthesis/trim-silence";

let engine: FliteEngine;

beforeAll(async () => {
  engine = await FliteEngine.load();
});

const hostile = [
  "-voice kal --help",
  "-o /etc/passwd",
  "--sets x=y",
  "file:///etc/passwd",
  "/speech.wav",
  "<speak>hello</speak>",
  '"; rm -rf / #',
  "%n%s%s%s%d %x",
  "((((a((((",
  "a".repeat(200),
  "9".repeat(200),
  "1,000,000,000,000,000,000,000.000000001",
  ". . . ! ? , ; : a",
  "$$$ $5 $5.5.5 $-3",
  "I.V. XIV 12/31/1999 23:59:61 -0",
  "don't'''s o'clock 's",
];

describe("FliteEngine", () => {
  it.each(fliteVoices)("speaks with the voice %s at 16 kHz", (voice) => {
    const { samples, sampleRate } = engine.synthesize("Hello, how are you today?", voice);
    expect(sampleRate).toBe(16_000);
    const seconds = trimSilence(samples, sampleRate).length / sampleRate;
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(3);
    expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)))).toBeGreaterThan(
      5_000,
    );
  });

  it("gives the same sound each time, after any other text", () => {
    const before = engine.synthesize("It is ten past four.", "slt");
    engine.prepare();
    engine.synthesize("Something else.", "slt");
    expect(engine.synthesize("It is ten past four.", "slt")).toEqual(before);
  });

  it("gives each voice its own sound", () => {
    const first = engine.synthesize("Good morning.", "slt");
    const copy = first.samples.slice();
    engine.synthesize("Good night.", "rms");
    expect(first.samples).toEqual(copy);
  });

  it.each(hostile)("speaks %j as text", (text) => {
    const { samples } = engine.synthesize(speakableText(text), "kal16");
    // A help text or a version would be printed, not spoken: there would be no sound.
    expect(samples.length).toBeGreaterThan(1_600);
  });

  it("survives printable noise", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 40; round++) {
      const length = 1 + Math.floor(random() * 200);
      const noise = Array.from({ length }, () => String.fromCharCode(32 + random() * 95)).join("");
      const text = speakableText(noise);
      if (text !== "") expect(engine.synthesize(text, "kal16").sampleRate).toBe(16_000);
    }
  });
});
