import { z } from "zod";
import { notOffered, passedOn, passedOnOr } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, onOrOff, path, port, text } from "../value-kinds";

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
  TRUST_PROXY: setting({
    meaning: "`true` behind a reverse proxy: believe its forwarded addresses",
    value: onOrOff,
    default: "false",
    readBy: ["media-server"],
    containers: { "media-server": passedOn },
  }),
  OPERATOR_KEY: setting({
    meaning:
      "lets its bearer manage models from other machines; 16 characters or more, without spaces",
    // What an HTTP header can carry as it is, and nobody guesses.
    value: {
      schema: z.string().regex(/^[\x21-\x7e]{16,200}$/u),
      expects: "16 to 200 printable ASCII characters without spaces",
    },
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
