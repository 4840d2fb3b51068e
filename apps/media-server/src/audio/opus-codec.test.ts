import { expect, test } from "vitest";
import { audioLevel } from "./audio-level";
import { createSpeechDecoder, createVoiceEncoder } from "./opus-codec";
import { opusPacketTicks } from "./opus-packet-ticks";

/** A second of a 440 Hz tone in frames of 20 ms at 24 kHz. */
function tone(): Int16Array[] {
  return Array.from({ length: 50 }, (_, frame) =>
    Int16Array.from({ length: 480 }, (_, at) =>
      Math.round(9_000 * Math.sin((2 * Math.PI * 440 * (frame * 480 + at)) / 24_000)),
    ),
  );
}

/** Number of rising zero crossings. */
function risingCrossings(samples: Int16Array): number {
  let crossings = 0;
  for (let at = 1; at < samples.length; at++) {
    if (samples[at - 1]! < 0 && samples[at]! >= 0) crossings += 1;
  }
  return crossings;
}

test("a tone encoded at 24 kHz is decoded at the recogniser's rate", async () => {
  const encoder = await createVoiceEncoder();
  const decoder = await createSpeechDecoder();
  const packets = tone().map((frame) => encoder.encode(frame));
  expect(packets.map((packet) => opusPacketTicks(packet))).toEqual(Array(50).fill(960));
  const heard = packets.map((packet) => decoder.decode(packet));
  expect(heard.every((frame) => frame.length === 320)).toBe(true);
  const settled = Int16Array.from(heard.slice(10, 40).flatMap((frame) => [...frame]));
  expect(risingCrossings(settled)).toBeGreaterThan(260);
  expect(risingCrossings(settled)).toBeLessThan(268);
  encoder.close();
  decoder.close();
});

test("a lost frame is recovered from the next packet or concealed", async () => {
  const encoder = await createVoiceEncoder();
  const decoder = await createSpeechDecoder();
  const packets = tone().map((frame) => encoder.encode(frame));
  for (const packet of packets.slice(0, 20)) decoder.decode(packet);
  const recovered = decoder.recover(packets[21]!, 320);
  expect(recovered).toHaveLength(320);
  expect(audioLevel(recovered)).toBeLessThan(30);
  decoder.decode(packets[21]!);
  const concealed = decoder.conceal(320);
  expect(concealed).toHaveLength(320);
  expect(audioLevel(concealed)).toBeLessThan(40);
});

test("bytes that are not Opus are refused, and the decoder goes on", async () => {
  const decoder = await createSpeechDecoder();
  expect(() => decoder.decode(Uint8Array.of(0xff, 0xff, 0xff))).toThrow();
  expect(decoder.conceal(320)).toHaveLength(320);
});

test.each([
  ["nothing", [], null],
  ["SILK of 10 ms", [0b00000_000], 480],
  ["SILK of 60 ms", [0b00011_000], 2_880],
  ["hybrid of 20 ms", [0b01101_000], 960],
  ["CELT of 2.5 ms", [0b10000_000], 120],
  ["two frames of 20 ms", [0b00001_001], 1_920],
  ["three frames of 20 ms", [0b00001_011, 3], 2_880],
  ["no frames", [0b00001_011, 0], null],
  ["more than 120 ms", [0b00011_011, 3], null],
])("length of %s", (_name, bytes, ticks) => {
  expect(opusPacketTicks(Uint8Array.from(bytes))).toBe(ticks);
});
