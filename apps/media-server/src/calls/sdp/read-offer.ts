import { AppError } from "@parley/shared/errors";
import { parse } from "sdp-transform";
import type { CallOffer } from "../../contracts/call";
import { offerSchema, type ParsedOffer, type ParsedSection } from "./offer-schema";
import type { Direction, Offer, OfferSection } from "./offer";

/** Opus is 48,000 Hz and two channels on the wire, whatever it holds (RFC 7587). */
const opus = { mimeType: "audio/opus", clockRate: 48_000, channels: 2 } as const;

/** Header extensions that mediasoup makes use of in what it receives. */
const usedExtensions = new Set([
  "urn:ietf:params:rtp-hdrext:sdes:mid",
  "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
]);
/** Feedback (RTCP) that is of use for sound. */
const usedFeedback = new Set(["nack", "transport-cc"]);

/** Longest message of a browser that says nothing of it (RFC 8841, 6.1). */
const usualMessageBytes = 65_536;

const answered: Record<Direction, Direction> = {
  sendrecv: "sendrecv",
  sendonly: "recvonly",
  recvonly: "sendonly",
  inactive: "inactive",
};

/**
 * Reads a browser's offer: one section of sound, in Opus, and one of data channels.
 *
 * @throws AppError `invalid-request` that says what is wrong with it
 */
export function readOffer(sdp: string): Offer {
  const parsed = parsedOffer(sdp);
  const audio = parsed.media.find((section) => isOpen(section) && opusOf(section) !== undefined);
  if (audio === undefined) throw refusal("has no section of sound in Opus");
  const events = parsed.media.find(
    (section) => isOpen(section) && section.protocol.endsWith("SCTP"),
  );
  requireOneTransport(parsed, events === undefined ? [audio] : [audio, events]);
  const sections = parsed.media.map((section) => toSection(section, audio, events));
  return { sections, call: toCall(parsed, audio, events) };
}

function parsedOffer(sdp: string): ParsedOffer {
  // The parser takes any text, and finds nothing in it.
  if (!sdp.startsWith("v=0")) throw refusal("is no SDP");
  const parsed = offerSchema.safeParse(parse(sdp));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refusal(`cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

/** Sections share a port ("bundle"), and the first connection for all of them is the browser's. */
function requireOneTransport(offer: ParsedOffer, sections: readonly ParsedSection[]): void {
  const bundled = new Set(
    offer.groups.filter(({ type }) => type === "BUNDLE").flatMap(({ mids }) => mids.split(" ")),
  );
  if (sections.length > 1 && !sections.every(({ mid }) => bundled.has(mid))) {
    throw refusal("does not bundle its sections");
  }
  if (sections[0]?.rtcpMux === undefined) throw refusal("has no rtcp-mux");
  const setup = sections[0].setup ?? offer.setup ?? "actpass";
  if (setup !== "actpass" && setup !== "active") throw refusal("has another setup than actpass");
}

function toSection(
  section: ParsedSection,
  audio: ParsedSection,
  events: ParsedSection | undefined,
): OfferSection {
  const { mid, protocol, type: media, payloads } = section;
  if (section === events) return { kind: "events", mid, protocol };
  if (section !== audio) return { kind: "refused", mid, protocol, media, payloads };
  return {
    kind: "audio",
    mid,
    protocol,
    payloadType: payloadTypeOf(audio),
    direction: answered[audio.direction],
    feedback: feedbackOf(audio),
    extensions: extensionsOf(audio),
  };
}

function toCall(
  offer: ParsedOffer,
  audio: ParsedSection,
  events: ParsedSection | undefined,
): CallOffer {
  const fingerprint = audio.fingerprint ?? offer.fingerprint;
  if (fingerprint === undefined) throw refusal("has no fingerprint");
  const payloadType = payloadTypeOf(audio);
  const rtcpFeedback = feedbackOf(audio).map(({ type, subtype }) => ({ type, parameter: subtype }));
  const [first] = audio.ssrcs;
  const cname = audio.ssrcs.find(({ attribute }) => attribute === "cname")?.value;
  const microphone = {
    mid: audio.mid,
    codecs: [{ ...opus, payloadType, rtcpFeedback, parameters: { useinbandfec: 1 } }],
    headerExtensions: extensionsOf(audio).map(({ value, uri }) => ({ uri, id: value })),
    encodings: [first === undefined ? {} : { ssrc: first.id }],
    rtcp: { ...(cname === undefined ? {} : { cname }), reducedSize: true },
  };
  const hearing = {
    codecs: [
      { ...opus, kind: "audio", preferredPayloadType: payloadType, rtcpFeedback, parameters: {} },
    ],
    headerExtensions: [],
  };
  return {
    dtlsParameters: {
      role: "client",
      fingerprints: [{ algorithm: fingerprint.type.toLowerCase(), value: fingerprint.hash }],
    },
    payloadType,
    microphone: audio.direction.startsWith("send") ? microphone : null,
    hearing: audio.direction.includes("recv") ? hearing : null,
    isRepaired: rtcpFeedback.some(({ type, parameter }) => type === "nack" && parameter === ""),
    maxEventBytes: events === undefined ? null : messageBytesOf(events),
  };
}

/** Zero stands for any length. */
function messageBytesOf({ maxMessageSize = usualMessageBytes }: ParsedSection): number {
  return maxMessageSize === 0 ? Number.MAX_SAFE_INTEGER : maxMessageSize;
}

/** A section may be refused by its sender with port 0, unless it shares the port of another. */
function isOpen({ port, bundleOnly }: ParsedSection): boolean {
  return port !== 0 || bundleOnly !== undefined;
}

function opusOf({ type, rtp }: ParsedSection) {
  if (type !== "audio") return undefined;
  return rtp.find(({ codec, rate }) => codec.toLowerCase() === "opus" && rate === opus.clockRate);
}

function payloadTypeOf(audio: ParsedSection): number {
  return opusOf(audio)?.payload ?? 0;
}

function feedbackOf(audio: ParsedSection) {
  const payload = String(payloadTypeOf(audio));
  return audio.rtcpFb
    .filter((each) => each.payload === payload || each.payload === "*")
    .filter(({ type, subtype }) => usedFeedback.has(type) && subtype === "")
    .map(({ type, subtype }) => ({ type, subtype }));
}

function extensionsOf(audio: ParsedSection) {
  return audio.ext
    .filter((each) => usedExtensions.has(each.uri) && each["encrypt-uri"] === undefined)
    .map(({ value, uri }) => ({ value, uri }));
}

function refusal(what: string): AppError {
  return new AppError("invalid-request", `The SDP offer ${what}.`);
}
