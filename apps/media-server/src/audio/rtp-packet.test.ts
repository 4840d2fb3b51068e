import { expect, test } from "vitest";
import { readRtpPacket, writeRtpPacket } from "./rtp-packet";

const packet = {
  payloadType: 100,
  sequence: 65_535,
  timestamp: 0xffff_fff0,
  ssrc: 0xdead_beef,
  payload: Uint8Array.of(1, 2, 3),
};

test("a written packet is read back", () => {
  const bytes = writeRtpPacket(packet, { id: 10, level: 30, hasVoice: true });
  const read = readRtpPacket(bytes);
  expect(read).toEqual({ ...packet, payload: bytes.subarray(20) });
  expect([...read!.payload]).toEqual([1, 2, 3]);
});

test("the audio level travels in a one-byte header extension", () => {
  const bytes = writeRtpPacket(packet, { id: 10, level: 30, hasVoice: true });
  expect(bytes.readUInt16BE(12)).toBe(0xbede);
  expect(bytes[16]! >> 4).toBe(10);
  expect(bytes[17]).toBe(0x80 | 30);
});

test("contributing sources, extensions and padding are skipped", () => {
  const header = [0b1011_0001, 111, 0, 7, 0, 0, 0, 9, 0, 0, 0, 1];
  const source = [0, 0, 0, 5];
  const extension = [0xbe, 0xde, 0, 1, 0x10, 0x55, 0, 0];
  const bytes = Uint8Array.from([...header, ...source, ...extension, 42, 0, 0, 3]);
  expect([...readRtpPacket(bytes)!.payload]).toEqual([42]);
});

test.each([
  ["nothing", []],
  ["a stump", [0x80, 1, 2]],
  ["another version", Array<number>(20).fill(0)],
  [
    "an extension beyond the end",
    [0x90, 100, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xbe, 0xde, 0xff, 0xff],
  ],
  ["only padding", [0xa0, 100, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2]],
  ["more padding than packet", [0xa0, 100, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255]],
])("%s is not a packet", (_name, bytes) => {
  expect(readRtpPacket(Uint8Array.from(bytes))).toBeNull();
});
