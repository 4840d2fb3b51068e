import type { types } from "mediasoup";

/** Opus as a router takes it. @param payloadType null for one of mediasoup's choice */
export function opusCapability(payloadType: number | null): types.RouterRtpCodecCapability {
  return {
    kind: "audio",
    mimeType: "audio/opus",
    ...(payloadType === null ? {} : { preferredPayloadType: payloadType }),
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1 },
  };
}
