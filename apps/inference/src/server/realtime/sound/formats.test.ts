import { loadSpeex } from "@parley/audio/resampling/speex";
import { describe, expect, it } from "vitest";
import { InputSound, rateOf } from "./input-sound";
import { OutputSound } from "./output-sound";

const formats = [
  { type: "audio/pcm", rate: 24_000 },
  { type: "audio/pcmu" },
  { type: "audio/pcma" },
] as const;

/** A tone of 440 Hz, half a second. */
function tone(sampleRate: number): Int16Array {
  const radians = (2 * Math.PI * 440) / sampleRate;
  return Int16Array.from({ length: sampleRate / 2 }, (_, at) => 12_000 * Math.sin(radians * at));
}

/** Loudness of the middle of a sound. */
function level(samples: Int16Array): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length);
}

describe.each(formats)("$type", (format) => {
  it("takes a voice to the client and a microphone back, as long and as loud as before", async () => {
    const output = new OutputSound(await loadSpeex(), format);
    const samples = tone(22_050);
    const pieces = [0, 1, 2, 3, 4].map((at) =>
      output.encode(samples.subarray(at * 2_205, (at + 1) * 2_205), 22_050),
    );
    pieces.push(output.flush());
    expect(Math.abs(output.lengthMs - 520)).toBeLessThan(5);
    const bytesPerSample = format.type === "audio/pcm" ? 2 : 1;
    const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece, "base64")));
    expect(bytes.length).toBeCloseTo((output.lengthMs * bytesPerSample * rateOf(format)) / 1_000);
    const input = await InputSound.open(format);
    const [heard = new Int16Array(0)] = input.decode(bytes.toString("base64"));
    input.close();
    expect(Math.abs(heard.length / 16 - 520)).toBeLessThan(10);
    expect(Math.abs(level(heard) / level(samples) - 1)).toBeLessThan(0.05);
  });
});

it("joins samples that are cut in the middle, and refuses what is not base64", async () => {
  const input = await InputSound.open({ type: "audio/pcm", rate: 24_000 });
  const whole = Buffer.alloc(4_800, 1);
  const parts = [whole.subarray(0, 1_001), whole.subarray(1_001)];
  const samples = parts.flatMap((part) => [...input.decode(part.toString("base64"))]);
  expect(samples.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(1_550);
  expect(() => input.decode("no!")).toThrow("not base64");
  input.close();
});

it("decodes a long sound in pieces, and loses none of it", async () => {
  const input = await InputSound.open({ type: "audio/pcm", rate: 24_000 });
  const pieces = [...input.decode(Buffer.alloc(480_000).toString("base64"))];
  expect(pieces.length).toBeGreaterThan(5);
  const samples = pieces.reduce((sum, { length }) => sum + length, 0);
  expect(Math.abs(samples - 160_000)).toBeLessThan(200);
  input.close();
});
