import { passedOn, passedOnOr } from "../container-rules";
import { setting, type Settings } from "../setting";
import { oneOf } from "../value-kinds";

const json = passedOnOr("json", "for log collectors");

/** Logs of both servers, which go to the standard output. */
export const logging = {
  LOG_LEVEL: setting({
    meaning: "`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`",
    value: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    default: "info",
    readBy: ["inference", "media-server"],
    containers: { inference: passedOn, "media-server": passedOn },
  }),
  LOG_FORMAT: setting({
    meaning: "`readable`, or `json` for log collectors",
    value: oneOf(["readable", "json"]),
    default: "readable",
    readBy: ["inference", "media-server"],
    containers: { inference: json, "media-server": json },
  }),
} satisfies Settings;
