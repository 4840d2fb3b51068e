import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { encodeLinkFrame, type LinkFrame } from "@parley/shared/protocol/link-frame";
import { describe, expect, it } from "vitest";
import { FrameReader, readRequest } from "./link-input";

const memberId = newId<MemberId>();

function frame(parts: Partial<LinkFrame> = {}): Uint8Array {
  return encodeLinkFrame({
    kind: "microphone",
    id: memberId,
    sequence: 0,
    sampleRate: 16_000,
    stampMs: 5,
    samples: Int16Array.of(1, 2),
    ...parts,
  });
}

describe("readRequest", () => {
  it("reads what it knows and passes over what it does not", () => {
    const request = { type: "member-left", memberId };
    expect(readRequest(JSON.stringify(request))).toEqual(request);
    expect(readRequest('{"type":"from-the-future"}')).toBeNull();
  });

  it.each(["", "{", "null", "[]", "3", '{"type":3}', '{"type":"member-left","memberId":"x"}'])(
    "refuses %s",
    (text) => {
      expect(() => readRequest(text)).toThrow();
    },
  );
});

describe("FrameReader", () => {
  it("reads microphones in order", () => {
    const frames = new FrameReader();
    expect(frames.read(frame())).toEqual({
      type: "microphone",
      memberId,
      stampMs: 5,
      samples: Int16Array.of(1, 2),
    });
    // A gap is the network's, not an offence.
    frames.read(frame({ sequence: 7 }));
    expect(() => frames.read(frame({ sequence: 7 }))).toThrow("sequence 7 after 7");
    frames.forget(memberId);
    frames.read(frame({ sequence: 0 }));
  });

  it.each<[string, Uint8Array, string]>([
    ["short", new Uint8Array(3), "frame-malformed"],
    ["odd", frame().slice(0, -1), "frame-malformed"],
    ["too long", new Uint8Array(200_000), "frame-too-large"],
    ["of a reply", frame({ kind: "reply" }), "invalid-request"],
    ["at another rate", frame({ sampleRate: 48_000 }), "audio-unsupported"],
    ["of nobody", frame({ id: "nobody" }), "frame-malformed"],
  ])("refuses a frame that is %s", (_, bytes, code) => {
    expect(() => new FrameReader().read(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
