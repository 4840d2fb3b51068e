import type { types } from "mediasoup";
import { audioLevelExtensionId, voicePayloadType } from "../voice/voice-track";

/** Name of the agent's track in RTCP. */
export const voiceCname = "agent";

/** Opens the track of the agent's voice, whose RTP this process sends. */
export function produceVoice(direct: types.DirectTransport, ssrc: number): Promise<types.Producer> {
  return direct.produce({
    kind: "audio",
    rtpParameters: {
      codecs: [
        {
          mimeType: "audio/opus",
          payloadType: voicePayloadType,
          clockRate: 48_000,
          channels: 2,
          parameters: { useinbandfec: 1 },
          rtcpFeedback: [],
        },
      ],
      headerExtensions: [
        { uri: "urn:ietf:params:rtp-hdrext:ssrc-audio-level", id: audioLevelExtensionId },
      ],
      encodings: [{ ssrc }],
      rtcp: { cname: voiceCname },
    },
  });
}
