import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import type { SpeechDecoder } from "../../audio/opus-codec";
import { defaultTapSettings, MicrophoneTap, type TapFrame } from "./microphone-tap";
import { writeRtpPacket } from "../../audio/rtp-packet";

/** TOC byte of a 20 ms Opus packet. */
const contents = 0b00001_000;

/** Decodes a packet to a frame filled with its second byte; 255 there is garbage. */
const decoder: SpeechDecoder = {
  decode: (packet) => {
    if (packet[1] === 255) throw new Error("not Opus");
    return new Int16Array(320).fill(packet[1] ?? 0);
  },
  recover: (_packet, samples) => new Int16Array(samples).fill(-1),
  conceal: (samples) => new Int16Array(samples).fill(-2),
  close: () => undefined,
};

let clock: FakeClock;
let frames: TapFrame[];
let tap: MicrophoneTap;

beforeEach(() => {
  clock = new FakeClock();
  frames = [];
  const onFrame = (frame: TapFrame) => frames.push(frame);
  tap = new MicrophoneTap({ clock, decoder, settings: defaultTapSettings, onFrame });
});

function send(index: number, sound = index + 1): void {
  const payload = Uint8Array.of(contents, sound);
  const packet = { payloadType: 100, sequence: index, timestamp: index * 960, ssrc: 1, payload };
  tap.receive(writeRtpPacket(packet, { id: 1, level: 0, hasVoice: true }));
}

function heard(): number[] {
  return frames.map(({ samples }) => samples[0]!);
}

test("packets become frames of 20 ms, stamped with their arrival", async () => {
  send(0);
  await clock.advance(20);
  send(1);
  expect(heard()).toEqual([1, 2]);
  expect(frames.map(({ samples }) => samples.length)).toEqual([320, 320]);
  expect(frames[1]!.arrivedAtMs - frames[0]!.arrivedAtMs).toBe(20);
});

test("a lost packet is recovered; one that is not Opus becomes silence", async () => {
  send(0);
  send(2);
  await clock.advance(60);
  send(3, 255);
  send(4);
  await clock.advance(60);
  expect(heard()).toEqual([1, -1, 3, 0, 5]);
  expect(tap.counts.undecodable).toBe(1);
});

test("malformed RTP is counted and otherwise ignored", () => {
  send(0);
  for (let size = 0; size < 80; size++) {
    tap.receive(Uint8Array.from({ length: size }, (_, at) => (at * 37 + size) & 255));
  }
  expect(tap.counts.malformed).toBe(80);
  send(1);
  expect(heard()).toEqual([1, 2]);
});

test("silence lasts as long as speech needs to end, then stops", async () => {
  send(0);
  await clock.advance(10_000);
  expect(heard()).toEqual([1, ...Array<number>(80).fill(0)]);
});

test("nothing comes out after close", async () => {
  send(0);
  tap.close();
  tap.close();
  send(1);
  await clock.advance(1_000);
  expect(heard()).toEqual([1]);
});
