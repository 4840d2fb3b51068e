import { notOffered, passedOn, passedOnOr } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, key, origins, path, port, text } from "../value-kinds";
import { trustedProxies } from "./trusted-proxies";

/** The page and its signalling, the proxy before them, and the operator's key. */
export const webPage = {
  PORT: setting({
    meaning: "the web page and signalling (TCP)",
    value: port,
    default: "7860",
    readBy: ["media-server", "npm start", "npm run dev", "web build"],
    containers: { "media-server": passedOnOr("7860", "the image's health check needs it") },
  }),
  HOST: setting({
    meaning: "the address that the web page listens on",
    value: text,
    unset: "every address",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  TLS_CERT: setting({
    meaning:
      "a certificate (PEM, with its chain): `PORT` then answers HTTPS as well; `npm start -- --share` makes one",
    value: path,
    unset: "plain HTTP",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  TLS_KEY: setting({
    meaning: "its private key (PEM, without a password); neither can do without the other",
    value: path,
    unset: "none",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  SHARE_ADDRESS: setting({
    meaning:
      "where others reach the page, such as `https://talk.example.org`: links to share begin with it",
    value: address("http", "https"),
    unset: "the address that the page was opened at",
    readBy: ["media-server", "npm start"],
    containers: { "media-server": passedOn },
  }),
  EMBED_ORIGINS: setting({
    meaning:
      "web pages of others that may embed the talk button and join rooms with the client library, by origin, such as `https://www.example.org`; separated by commas",
    value: origins,
    unset: "none but Parley's own",
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  TRUST_PROXY: setting({
    meaning:
      "the reverse proxies before the page, whose forwarded addresses are believed: how many there are one behind the other (`true` is 1), or their networks, such as `10.0.0.0/8,127.0.0.1`",
    value: trustedProxies,
    default: "false",
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  OPERATOR_KEY: setting({
    meaning:
      "lets its bearer manage models, and list and delete rooms, from other machines; 16 characters or more, without spaces",
    value: key,
    unset: "none",
    readBy: ["media-server"],
    isSecret: true,
    containers: { "media-server": passedOn },
  }),
  WEB_ROOT: setting({
    meaning: "the built web page",
    value: path,
    unset: "`apps/web/dist`",
    readBy: ["media-server"],
    containers: { "media-server": notOffered("the image has the page") },
  }),
} satisfies Settings;
