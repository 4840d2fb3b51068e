import { write, type MediaDescription, type SessionDescription } from "sdp-transform";
import type { OpenedCall } from "../../contracts/call";
import type { Offer, OfferSection } from "./offer";

/** Name of the agent's stream, by which a browser groups tracks. */
const streamName = "realtime";
const trackName = "agent";
/** Of a host whose candidates say where it is. */
const nowhere = { version: 4, ip: "0.0.0.0" };

/** Writes the answer to a call's offer: the server waits for the browser to connect (ICE-lite). */
export function writeAnswer(offer: Offer, call: OpenedCall): string {
  const taken = offer.sections.filter(({ kind }) => kind !== "refused");
  const answer: SessionDescription = {
    version: 0,
    origin: {
      username: "parley",
      sessionId: "1",
      sessionVersion: 1,
      netType: "IN",
      ipVer: 4,
      address: "0.0.0.0",
    },
    name: "-",
    timing: { start: 0, stop: 0 },
    icelite: "ice-lite",
    groups: [{ type: "BUNDLE", mids: taken.map(({ mid }) => mid).join(" ") }],
    msidSemantic: { semantic: "WMS", token: "*" },
    media: offer.sections.map((section) => answerSection(section, call)),
  };
  return write(answer);
}

function answerSection(section: OfferSection, call: OpenedCall): MediaDescription {
  const { mid, protocol } = section;
  switch (section.kind) {
    case "refused":
      return {
        type: section.media,
        port: 0,
        protocol,
        payloads: section.payloads,
        mid,
        connection: nowhere,
        direction: "inactive",
        ...empty,
      };
    case "events":
      return {
        type: "application",
        port: 7,
        protocol,
        payloads: "webrtc-datachannel",
        mid,
        ...empty,
        ...transport(call),
        ...(call.sctp === null
          ? {}
          : { sctpPort: call.sctp.port, maxMessageSize: call.sctp.maxMessageBytes }),
      };
    case "audio":
      return { ...audio(section, call), ...transport(call), mid };
  }
}

const empty = { rtp: [], fmtp: [] } satisfies Partial<MediaDescription>;

function audio(
  section: Extract<OfferSection, { kind: "audio" }>,
  { voice }: OpenedCall,
): MediaDescription {
  const { payloadType: payload, direction, feedback, extensions, protocol } = section;
  return {
    type: "audio",
    port: 7,
    protocol,
    payloads: String(payload),
    direction,
    rtp: [{ payload, codec: "opus", rate: 48_000, encoding: 2 }],
    fmtp: [{ payload, config: "minptime=10;useinbandfec=1" }],
    rtcpFb: feedback.map(({ type }) => ({ payload, type })),
    ext: extensions.map(({ value, uri }) => ({ value, uri })),
    rtcpMux: "rtcp-mux",
    rtcpRsize: "rtcp-rsize",
    ...(voice === null
      ? {}
      : {
          msid: [{ id: streamName, appdata: trackName }],
          ssrcs: [{ id: voice.ssrc, attribute: "cname", value: voice.cname }],
        }),
  };
}

function transport(call: OpenedCall) {
  // Browsers know SHA-256 for certain; SDP's library writes one.
  const fingerprint =
    call.fingerprints.find(({ algorithm }) => algorithm === "sha-256") ?? call.fingerprints[0];
  return {
    connection: nowhere,
    iceUfrag: call.iceParameters.usernameFragment,
    icePwd: call.iceParameters.password,
    ...(fingerprint === undefined
      ? {}
      : { fingerprint: { type: fingerprint.algorithm, hash: fingerprint.value } }),
    setup: "passive",
    candidates: call.iceCandidates.map((candidate) => ({
      foundation: candidate.foundation,
      component: 1,
      transport: candidate.protocol,
      priority: candidate.priority,
      ip: candidate.address,
      port: candidate.port,
      type: "host",
      ...(candidate.protocol === "tcp" ? { tcptype: "passive" } : {}),
    })),
    endOfCandidates: "end-of-candidates",
  } satisfies Partial<MediaDescription>;
}
