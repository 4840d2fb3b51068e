import { z } from "zod";
import { passedOn, passedOnOr, setByImage } from "../container-rules";
import { setting, type Settings } from "../setting";
import {
  address,
  hexDigest,
  json,
  list,
  onOrOff,
  path,
  port,
  text,
  wholeNumber,
  type ValueKind,
} from "../value-kinds";

const iceServers = z.array(z.record(z.string(), z.unknown()));

/** TURN servers by their addresses (RFC 7065). */
const turnAddresses: ValueKind<string[]> = {
  schema: list.schema.pipe(z.array(z.string().regex(/^turns?:[^/@\s]+$/iu))),
  expects: "addresses that begin with turn: or turns:, separated by commas",
};

/** WebRTC: ports, addresses, workers. */
export const media = {
  MEDIA_PORT: setting({
    meaning: "media, UDP and TCP; worker number n (from 0) uses this plus n",
    value: port,
    default: "0",
    unset: "any free port",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOnOr("40000", "a known port can be opened or published") },
  }),
  MEDIA_LISTEN_IP: setting({
    meaning: "addresses that media listens on, separated by commas",
    value: list,
    unset: "every address",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  MEDIA_WORKERS: setting({
    meaning: "mediasoup workers; about one for each two cores that handle media",
    value: wholeNumber(1, 64),
    default: "1",
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  ANNOUNCED_ADDRESS: setting({
    meaning:
      "the public address or name that browsers send media to; an IPv4 and an IPv6 address, separated by a comma, for both",
    value: list,
    unset: "the address listened on",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  ICE_SERVERS: setting({
    meaning:
      "STUN and TURN servers for browsers, as a JSON array of RTCIceServer objects, given as they are",
    value: json(iceServers, "a JSON array of RTCIceServer objects"),
    default: "[]",
    unset: "none",
    // TURN's passwords are in it.
    isSecret: true,
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  TURN_URLS: setting({
    meaning:
      "TURN servers that share `TURN_SECRET`, such as `turn:turn.example.org,turns:turn.example.org:443?transport=tcp`",
    value: turnAddresses,
    unset: "none",
    readBy: ["media-server"],
    onlyWith: "TURN_SECRET",
    containers: { "media-server": passedOn },
  }),
  TURN_SECRET: setting({
    meaning:
      "coturn's `static-auth-secret`: browsers get credentials made from it, which end after a day",
    value: text,
    unset: "none",
    isSecret: true,
    readBy: ["media-server"],
    onlyWith: "TURN_URLS",
    containers: { "media-server": passedOn },
  }),
  TURN_ONLY: setting({
    meaning: "`true` sends all media by TURN, so that browsers tell no address of theirs",
    value: onOrOff,
    default: "false",
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  MEDIASOUP_WORKER_BIN: setting({
    meaning: "use this worker binary; it is tried out first",
    value: path,
    unset: "the cached worker",
    readBy: ["media-server", "setup"],
    containers: {
      "media-server": setByImage("/parley/mediasoup-worker", "the image has a worker"),
    },
  }),
  MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: setting({
    meaning: "fetch the prebuilt worker from here, as mediasoup's own installer does",
    value: address("http", "https"),
    unset: "mediasoup's release page",
    readBy: ["setup"],
  }),
  MEDIASOUP_WORKER_SHA256: setting({
    meaning: "take no other prebuilt worker than the archive with this SHA-256",
    value: hexDigest,
    unset: "the hash of the first download here",
    readBy: ["setup"],
  }),
} satisfies Settings;
