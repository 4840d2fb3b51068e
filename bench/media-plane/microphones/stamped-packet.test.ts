import { expect, it } from "vitest";
import { readRtpPacket } from "@parley/media-server/audio/rtp-packet";
import { readStamp, stamp, stampablePacket } from "./stamped-packet";

it("carries its stamp without touching the sound", () => {
  const payload = Uint8Array.from([0x78, 1, 2, 3]);
  const packet = stampablePacket({ ssrc: 77, sequence: 70_000, payload });
  stamp(packet, 123_456.789);
  expect(readStamp(packet)).toBe(123_456.789);
  expect(readRtpPacket(packet)).toEqual({
    payloadType: 100,
    sequence: 70_000 & 0xffff,
    timestamp: 70_000 * 960,
    ssrc: 77,
    payload: Buffer.from(payload),
  });
});

it("finds no stamp in another packet", () => {
  expect(readStamp(Buffer.from([0x80, 100, 0, 0]))).toBeNull();
  expect(readStamp(Buffer.alloc(40, 0x80))).toBeNull();
});
