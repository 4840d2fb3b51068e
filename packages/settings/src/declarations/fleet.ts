import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, addresses } from "../value-kinds";

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
} satisfies Settings;
