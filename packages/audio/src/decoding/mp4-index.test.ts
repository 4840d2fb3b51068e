import { describe, expect, it } from "vitest";
import { placeOfIndex } from "./mp4-index";

/** A box of the ISO base media format; its content is zeros. */
function box(type: string, contentBytes = 8, isLong = false): Buffer {
  const head = Buffer.alloc(isLong ? 16 : 8);
  head.writeUInt32BE(isLong ? 1 : 8 + contentBytes, 0);
  head.write(type, 4, "latin1");
  if (isLong) head.writeBigUInt64BE(BigInt(16 + contentBytes), 8);
  return Buffer.concat([head, Buffer.alloc(contentBytes)]);
}

describe("placeOfIndex", () => {
  it.each([
    ["as phones write it", [box("ftyp", 16), box("mdat", 100), box("moov")], "behind"],
    ["behind a gap", [box("ftyp"), box("free", 500), box("wide", 0), box("mdat")], "behind"],
    [
      "with lengths of 64 bits",
      [box("ftyp"), box("uuid", 9, true), box("mdat", 9, true)],
      "behind",
    ],
    ["of QuickTime without a type", [box("wide", 0), box("mdat")], "behind"],
    ["made for streaming", [box("ftyp"), box("moov", 900), box("mdat")], "before"],
    ["in fragments", [box("ftyp"), box("sidx"), box("moof"), box("mdat")], "before"],
    ["with a length that is none", [box("ftyp"), Buffer.from("\0\0\0\x03free\0\0\0\0")], "none"],
    ["of another format", [Buffer.from("OggS and more of it")], "none"],
  ])("tells where a file has it: %s", (_what, boxes, place) => {
    expect(placeOfIndex(Buffer.concat(boxes))).toBe(place);
  });

  it("waits for more while the head is too short", () => {
    const head = Buffer.concat([box("ftyp", 16), box("free", 500), box("mdat")]);
    for (const length of [0, 7, 8, 24, 100, 531, 539]) {
      expect(placeOfIndex(head.subarray(0, length))).toBeNull();
    }
    expect(placeOfIndex(head.subarray(0, 540))).toBe("behind");
  });
});
