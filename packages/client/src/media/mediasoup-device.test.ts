import { expect, it } from "vitest";
import { handlerByFeatures } from "./mediasoup-device";

class Connection {
  addTransceiver(): void {
    // Only its name matters.
  }
}

it("takes browsers by what they can do, whatever they are called", () => {
  expect(handlerByFeatures({ RTCPeerConnection: Connection })).toBe("Safari12");
  expect(handlerByFeatures({ RTCPeerConnection: Connection, chrome: {} })).toBe("Chrome111");
  expect(handlerByFeatures({ RTCPeerConnection: Connection, mozInnerScreenX: 0 })).toBe(
    "Firefox120",
  );
});

it("refuses what has no WebRTC, or only its first draft", () => {
  expect(handlerByFeatures({})).toBeNull();
  expect(handlerByFeatures({ RTCPeerConnection: Object })).toBeNull();
});
