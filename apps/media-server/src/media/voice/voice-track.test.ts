import { expect, test } from "vitest";
import { createSpeechDecoder, createVoiceEncoder } from "../../audio/opus-codec";
import { readRtpPacket } from "../../audio/rtp-packet";
import { voiceFrameSamples } from "./reply-audio";
import { VoiceTrack } from "./voice-track";

/** 20 ms of a vowel-like sound, continuous from frame to frame. */
function vowel(index: number): Int16Array {
  return Int16Array.from({ length: voiceFrameSamples }, (_, at) => {
    const seconds = (index * voiceFrameSamples + at) / 24_000;
    const fundamental = Math.sin(2 * Math.PI * 140 * seconds);
    return 6_000 * fundamental + 3_000 * Math.sin(2 * Math.PI * 700 * seconds);
  });
}

function level(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}

test("settled silence is encoded once, decodes as silence, and speech after it is whole", async () => {
  const encoder = await createVoiceEncoder();
  const decoder = await createSpeechDecoder();
  let encoded = 0;
  const track = new VoiceTrack({
    encode: (frame) => {
      encoded += 1;
      return encoder.encode(frame);
    },
    close: () => {
      encoder.close();
    },
  });
  const frames = [
    ...Array.from({ length: 25 }, (_, index) => vowel(index)),
    ...Array.from({ length: 500 }, () => null),
    ...Array.from({ length: 25 }, (_, index) => vowel(index)),
  ];
  const heard = frames.map((frame, index) => {
    const packet = readRtpPacket(track.packetize(frame, index));
    return level(decoder.decode(packet!.payload));
  });
  expect(encoded).toBeLessThan(70);
  expect(Math.max(...heard.slice(40, 525))).toBeLessThan(4);
  const [before, after] = [heard.slice(10, 25), heard.slice(535, 550)];
  for (const levels of [before, after]) expect(Math.min(...levels)).toBeGreaterThan(3_000);
  track.close();
  decoder.close();
});
