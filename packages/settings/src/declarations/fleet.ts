import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, addresses, oneOf, wholeNumber } from "../value-kinds";

/** Several servers of a kind, which find each other. */
export const fleet = {
  NATS_URL: setting({
    meaning:
      "NATS with JetStream, through which media servers find inference workers, in place of `INFERENCE_URL`; user and password, or a token, may stand in it; several servers of a cluster are separated by commas",
    value: addresses("nats", "tls"),
    unset: "none",
    isSecret: true,
    readBy: ["inference", "media-server", "npm start"],
    containers: { inference: passedOn, "media-server": passedOn },
  }),
  INFERENCE_ADDRESS: setting({
    meaning: "where media servers reach this inference worker, as it tells them through NATS",
    value: address("ws", "wss"),
    unset: "the machine's first address, with `INFERENCE_PORT`",
    readBy: ["inference"],
    onlyWith: "NATS_URL",
    containers: { inference: passedOn },
  }),
  DATABASE_URL: setting({
    meaning:
      "PostgreSQL, in which rooms and transcripts are kept in place of `PARLEY_DATA`, such as `postgres://user:password@10.0.0.3/parley`; media servers of several machines share it",
    value: address("postgres", "postgresql"),
    unset: "none",
    isSecret: true,
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  MEDIA_SERVER_ADDRESS: setting({
    meaning:
      "where browsers reach this very media server, such as `https://media-1.example.org`, for those whose room is here; with `MEDIA_SERVER_ROUTING=proxy`, where other media servers reach it",
    value: address("http", "https"),
    unset: "the machine's first address, with `PORT`",
    readBy: ["media-server"],
    onlyWith: "DATABASE_URL",
    containers: { "media-server": passedOn },
  }),
  MEDIA_SERVER_ROUTING: setting({
    meaning:
      "what becomes of a browser whose room is at another media server: `redirect` tells it that server's address, `proxy` passes its signalling on, for servers behind one public address",
    value: oneOf(["redirect", "proxy"]),
    default: "redirect",
    readBy: ["media-server"],
    onlyWith: "DATABASE_URL",
    containers: { "media-server": passedOn },
  }),
  DRAIN_SECONDS: setting({
    meaning:
      "how long a server that is asked to stop waits: a media server for its rooms to become empty, an inference worker for its replies to end. It takes no more rooms meanwhile, and is not ready",
    value: wholeNumber(0, 86_400),
    default: "0",
    readBy: ["inference", "media-server"],
    containers: { inference: passedOn, "media-server": passedOn },
  }),
} satisfies Settings;
