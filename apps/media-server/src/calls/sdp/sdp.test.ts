import { describe, expect, it } from "vitest";
import { parse } from "sdp-transform";
import type { OpenedCall } from "../../contracts/call";
import { readOffer } from "./read-offer";
import { offers } from "./testing/offers";
import { writeAnswer } from "./write-answer";

const opened: OpenedCall = {
  iceParameters: { usernameFragment: "server", password: "a-long-password" },
  iceCandidates: [
    { foundation: "u", priority: 9, address: "192.0.2.1", port: 40_000, protocol: "udp" },
    { foundation: "t", priority: 8, address: "2001:db8::1", port: 40_000, protocol: "tcp" },
  ],
  fingerprints: [
    { algorithm: "sha-1", value: "01:02" },
    { algorithm: "sha-256", value: "AA:BB" },
  ],
  sctp: { port: 5_000, maxMessageBytes: 262_144 },
  voice: { ssrc: 4_242, cname: "agent" },
};

const answerTo = (sdp: string) => parse(writeAnswer(readOffer(sdp), opened));

describe("an offer", () => {
  it("of Chromium's has a microphone, an ear and a channel of events", () => {
    const { call } = readOffer(offers.chromium);
    expect(call).toMatchObject({
      payloadType: 111,
      isRepaired: false,
      maxEventBytes: 262_144,
      dtlsParameters: { role: "client", fingerprints: [{ algorithm: "sha-256" }] },
      microphone: {
        mid: "0",
        codecs: [{ mimeType: "audio/opus", payloadType: 111, clockRate: 48_000, channels: 2 }],
        encodings: [{ ssrc: 4_024_446_664 }],
        rtcp: { cname: "zeRmeD8d4S3iRLzE" },
      },
      hearing: { codecs: [{ preferredPayloadType: 111 }] },
    });
  });

  it("of Firefox's has its own payload type, repairs, and a fingerprint for all sections", () => {
    const { call } = readOffer(offers.firefox);
    expect(call).toMatchObject({ payloadType: 109, isRepaired: true });
    expect(call.dtlsParameters.fingerprints).toMatchObject([
      { value: expect.stringMatching(/^AA:4E/u) as string },
    ]);
    expect(call.microphone).toMatchObject({
      headerExtensions: [
        { id: 1, uri: "urn:ietf:params:rtp-hdrext:ssrc-audio-level" },
        { id: 3, uri: "urn:ietf:params:rtp-hdrext:sdes:mid" },
      ],
    });
  });

  it("without a length of messages takes those that every browser takes", () => {
    expect(readOffer(offers.safari).call.maxEventBytes).toBe(65_536);
  });

  it("may want to be spoken to, or to speak, alone, and to have no events", () => {
    const [voice = ""] = offers.chromium.replace("BUNDLE 0 1", "BUNDLE 0").split("m=application");
    const listening = readOffer(voice.replace("a=sendrecv", "a=recvonly")).call;
    expect(listening).toMatchObject({ microphone: null, maxEventBytes: null });
    expect(listening.hearing).not.toBeNull();
    const speaking = readOffer(voice.replace("a=sendrecv", "a=sendonly"));
    expect(speaking.call.hearing).toBeNull();
    expect(speaking.sections).toMatchObject([{ kind: "audio", direction: "recvonly" }]);
  });

  it.each([
    ["", "is no SDP"],
    ['{"sdp":"v=0"}', "is no SDP"],
    ["v=0\r\n", "cannot be read"],
    [offers.chromium.replaceAll("opus", "speex"), "no section of sound in Opus"],
    [offers.chromium.replace("a=group:BUNDLE 0 1\n", ""), "does not bundle"],
    [offers.chromium.replaceAll("actpass", "passive"), "another setup"],
    [offers.chromium.replaceAll(/a=fingerprint.*\n/gu, ""), "no fingerprint"],
    [offers.chromium.replace("a=rtcp-mux\n", ""), "no rtcp-mux"],
    [offers.chromium.replace("a=mid:0", `a=mid:${"x".repeat(65)}`), "cannot be read: media.0.mid"],
  ])("that is none is refused: %#", (sdp, reason) => {
    expect(() => readOffer(sdp)).toThrow(reason);
  });
});

describe("an answer", () => {
  it.each(["chromium", "firefox"] as const)("to %s accepts the sound and the events", (browser) => {
    const answer = answerTo(offers[browser]);
    expect(answer).toMatchObject({ icelite: "ice-lite", groups: [{ mids: "0 1" }] });
    const [audio, events] = answer.media;
    expect(audio).toMatchObject({
      type: "audio",
      direction: "sendrecv",
      setup: "passive",
      rtcpMux: "rtcp-mux",
      iceUfrag: "server",
      icePwd: "a-long-password",
      fingerprint: { type: "sha-256", hash: "AA:BB" },
      rtp: [{ payload: browser === "firefox" ? 109 : 111, codec: "opus", rate: 48_000 }],
      msid: [{ id: "realtime", appdata: "agent" }],
      ssrcs: [{ id: 4_242, attribute: "cname", value: "agent" }],
      candidates: [
        { ip: "192.0.2.1", port: 40_000, transport: "udp", type: "host" },
        { ip: "2001:db8::1", transport: "tcp", tcptype: "passive" },
      ],
    });
    expect(events).toMatchObject({
      type: "application",
      sctpPort: 5_000,
      maxMessageSize: 262_144,
      setup: "passive",
      payloads: "webrtc-datachannel",
      iceUfrag: "server",
    });
  });

  it("offers nothing that the browser did not", () => {
    const [audio] = answerTo(offers.firefox).media;
    expect(audio?.rtcpFb?.map(({ type }) => type)).toEqual(["nack", "transport-cc"]);
    expect(audio?.ext?.map(({ value }) => value)).toEqual([1, 3]);
  });

  it("has the offer's sections in the offer's order, and refuses those for which it has no use", () => {
    const answer = answerTo(offers.safari);
    expect(answer.groups).toMatchObject([{ type: "BUNDLE", mids: "data voice" }]);
    expect(answer.media.map(({ type, mid, port }) => [type, mid, port === 0])).toEqual([
      ["application", "data", false],
      ["audio", "voice", false],
      ["video", "camera", true],
    ]);
  });
});
