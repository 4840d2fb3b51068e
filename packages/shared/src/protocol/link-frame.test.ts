import { describe, expect, it } from "vitest";
import { AppError } from "../errors";
import { decodeLinkFrame, encodeLinkFrame, maxLinkFrameBytes, type LinkFrame } from "./link-frame";

const frame: LinkFrame = {
  kind: "microphone",
  id: "abcdefghijklmnopqrstu",
  sequence: 4_294_967_295,
  sampleRate: 16_000,
  stampMs: 1_795_000_000_000.25,
  samples: Int16Array.from([0, 1, -1, 32_767, -32_768]),
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return "nothing thrown";
}

it.each([frame, { ...frame, kind: "reply" as const, id: "even" }])(
  "is decoded as it was encoded",
  (sent) => {
    expect(decodeLinkFrame(encodeLinkFrame(sent))).toEqual(sent);
  },
);

it("decodes from the middle of a larger buffer", () => {
  const bytes = encodeLinkFrame(frame);
  const larger = new Uint8Array(bytes.length + 7);
  larger.set(bytes, 3);
  expect(decodeLinkFrame(larger.subarray(3, 3 + bytes.length))).toEqual(frame);
});

it("copies the samples", () => {
  const bytes = encodeLinkFrame(frame);
  const decoded = decodeLinkFrame(bytes);
  bytes.fill(0);
  expect(decoded.samples).toEqual(frame.samples);
});

describe("refuses", () => {
  const bytes = encodeLinkFrame(frame);
  const changed = (at: number, value: number) => {
    const copy = bytes.slice();
    copy[at] = value;
    return copy;
  };

  it.each([
    ["an empty frame", new Uint8Array(0), "frame-malformed"],
    ["half a header", bytes.subarray(0, 12), "frame-malformed"],
    ["another version", changed(0, 9), "frame-malformed"],
    ["an unknown kind", changed(1, 3), "frame-malformed"],
    ["no id", changed(2, 0), "frame-malformed"],
    ["an id beyond the end", changed(2, 255), "frame-malformed"],
    ["an odd number of bytes", bytes.subarray(0, bytes.length - 1), "frame-malformed"],
    ["a sample rate of 0 Hz", changed(8, 0).fill(0, 8, 12), "audio-unsupported"],
    ["a stamp that is no number", changed(22, 0xf0).fill(0xff, 16, 24), "frame-malformed"],
    ["a frame over the limit", new Uint8Array(maxLinkFrameBytes + 1), "frame-too-large"],
  ])("%s", (_, bad, code) => {
    expect(codeOf(() => decodeLinkFrame(bad))).toBe(code);
  });

  it("to encode an id or length that could not be decoded", () => {
    expect(() => encodeLinkFrame({ ...frame, id: "" })).toThrow(TypeError);
    expect(() => encodeLinkFrame({ ...frame, samples: new Int16Array(60_000) })).toThrow(TypeError);
  });
});
