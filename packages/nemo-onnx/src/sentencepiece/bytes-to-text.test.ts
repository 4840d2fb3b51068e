import { describe, expect, it } from "vitest";
import { bytesToText, unfinishedBytes } from "./bytes-to-text";

describe("bytesToText", () => {
  it.each([
    [
      "characters of every length",
      [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x99, 0x82],
      "aé€🙂",
    ],
    // TextDecoder would return one replacement for the first two bytes of a character.
    ["each byte of an incomplete character", [0xe2, 0x82, 0x61], "\ufffd\ufffda"],
    ["bytes that never begin a character", [0x80, 0xff], "\ufffd\ufffd"],
    ["no bytes", [], ""],
  ])("reads %s", (_, bytes, text) => {
    expect(bytesToText(bytes)).toBe(text);
  });
});

describe("unfinishedBytes", () => {
  it.each([
    [[0x61], 0],
    [[0x61, 0xc3], 1],
    [[0xe2, 0x82], 2],
    [[0xf0, 0x9f, 0x99], 3],
    [[0xe2, 0x82, 0xac], 0],
    [[0x82], 0],
    [[], 0],
  ])("%j: %i", (bytes, count) => {
    expect(unfinishedBytes(bytes)).toBe(count);
  });
});
