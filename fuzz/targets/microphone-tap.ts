import { FakeClock } from "@parley/shared/testing/fake-clock";
import { createSpeechDecoder, createVoiceEncoder } from "@parley/media-server/audio/opus-codec";
import { writeRtpPacket } from "@parley/media-server/audio/rtp-packet";
import {
  defaultTapSettings,
  MicrophoneTap,
} from "@parley/media-server/media/microphone/microphone-tap";
import fc from "fast-check";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

const encoder = await createVoiceEncoder();
const voice = Int16Array.from({ length: 480 }, (_, at) => 8_000 * Math.sin(at / 9));
const payloads = [0, 1, 2].map(() => Uint8Array.from(encoder.encode(voice)));
encoder.close();

const rtp = (sequence: number, timestamp: number, payload: Uint8Array) =>
  Uint8Array.from(
    writeRtpPacket(
      { payloadType: 100, sequence, timestamp, ssrc: 1, payload },
      { id: 1, level: 9, hasVoice: true },
    ),
  );
const ordered = payloads.map((payload, at) => rtp(at, at * 960, payload));
/** Numbers and times that jump, with Opus or anything in the payload. */
const jumping = fc
  .record({
    sequence: fc.oneof(fc.nat(40), fc.nat(65_535)),
    timestamp: fc.oneof(
      fc.nat(40).map((at) => at * 960),
      fc.nat(2_000_000),
      fc.nat(2 ** 32 - 1),
    ),
    payload: fc.oneof(fc.constantFrom(...payloads), fc.uint8Array({ minLength: 1, maxLength: 60 })),
  })
  .map(({ sequence, timestamp, payload }) => rtp(sequence, timestamp, payload));

/** Sound that one packet may become: its own 120 ms, and a gap that is filled. */
const maxMsPerPacket = 2_500;

export const microphoneTap = fuzzTarget({
  name: "microphone-tap",
  about: "RTP packets of a microphone, through jitter buffer and Opus",
  inputs: fc.array(
    fc.record({
      packet: fc.oneof(fc.constantFrom(...ordered), jumping, mutatedBytes(...ordered)),
      pauseMs: fc.oneof(fc.constant(20), fc.nat(300)),
    }),
    { maxLength: 30 },
  ),
  open: async () => {
    const decoder = await createSpeechDecoder();
    return {
      check: async (packets) => {
        const clock = new FakeClock();
        let frames = 0;
        let passedMs = 0;
        const tap = new MicrophoneTap({
          clock,
          // One decoder for all inputs, as one speaker has for all packets.
          decoder: { ...decoder, close: () => undefined },
          settings: defaultTapSettings,
          onFrame: ({ samples }) => {
            frames += 1;
            if (samples.length !== 320) throw new Error(`a frame of ${samples.length} samples`);
          },
        });
        for (const { packet, pauseMs } of packets) {
          tap.receive(packet);
          await clock.advance(pauseMs);
          passedMs += pauseMs;
        }
        await clock.advance(5_000);
        tap.close();
        const mostMs = passedMs + 5_000 + packets.length * maxMsPerPacket;
        if (frames * 20 > mostMs)
          throw new Error(`${packets.length} packets became ${frames} frames`);
      },
      close: () => {
        decoder.close();
      },
    };
  },
});
