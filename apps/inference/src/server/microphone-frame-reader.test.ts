import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { encodeLinkFrame, type LinkFrame } from "@parley/shared/protocol/link-frame";
import { describe, expect, it } from "vitest";
import { MicrophoneFrameReader } from "./microphone-frame-reader";

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

describe("MicrophoneFrameReader", () => {
  it("reads each microphone's frames in order", () => {
    const frames = new MicrophoneFrameReader();
    expect(frames.read(frame())).toEqual({
      type: "microphone",
      memberId,
      stampMs: 5,
      samples: Int16Array.of(1, 2),
    });
    // A gap is the network's fault, not the peer's.
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
    expect(() => new MicrophoneFrameReader().read(bytes)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
