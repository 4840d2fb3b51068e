import { fixed, notOffered, passedOn, passedOnOr } from "../container-rules";
import { setting, type Settings } from "../setting";
import { addresses, key, origins, port, text, wholeNumber } from "../value-kinds";

const webSockets = addresses("ws", "wss", "http", "https");

/** The WebSocket base of an address, without a closing slash. */
function asWebSocket(url: string): string {
  return url.replace(/^http/u, "ws").replace(/\/+$/u, "");
}

/** The inference server's door, and the media server's way to it. */
export const inferenceServer = {
  INFERENCE_PORT: setting({
    meaning: "the inference server: speech endpoints (TCP)",
    value: port,
    default: "8080",
    readBy: ["inference", "media-server", "npm start"],
    containers: {
      inference: fixed("8080", "`ports` in the compose file chooses the port outside"),
      "media-server": notOffered("`INFERENCE_URL` says it"),
    },
  }),
  INFERENCE_HOST: setting({
    meaning: "the address that inference listens on",
    value: text,
    default: "127.0.0.1",
    readBy: ["inference", "npm start"],
    containers: { inference: fixed("0.0.0.0", "a published port reaches no other address") },
  }),
  INFERENCE_URL: setting({
    meaning:
      "where the media server finds inference, by default on `INFERENCE_PORT`; several workers, separated by commas, share the rooms",
    value: {
      schema: webSockets.schema.transform((urls) => [...new Set(urls.map(asWebSocket))]),
      expects: webSockets.expects,
    },
    unset: "`ws://127.0.0.1:8080`",
    readBy: ["media-server", "npm start"],
    containers: {
      "media-server": passedOnOr("ws://127.0.0.1:8080", "the port that `inference` publishes"),
    },
  }),
  INFERENCE_KEY: setting({
    meaning:
      "the key that both servers share: only its bearer may hold rooms' conversations and manage models; `npm start` makes one. 16 characters or more, without spaces",
    value: key,
    unset: "none: only this machine may",
    readBy: ["inference", "media-server", "npm start"],
    isSecret: true,
    containers: { inference: passedOn, "media-server": passedOn },
  }),
  INFERENCE_ORIGINS: setting({
    meaning:
      "web pages that may use the speech endpoints, and make calls at the media server, by origin, such as `https://talk.example.org`; separated by commas. Their browsers are told so (CORS)",
    value: origins,
    unset: "none but the servers' own",
    readBy: ["inference", "media-server"],
    containers: { inference: passedOn, "media-server": passedOn },
  }),
  MAX_SESSIONS: setting({
    meaning:
      "rooms that inference serves at once, and clients of each speech endpoint; further ones are told to come back",
    value: wholeNumber(1),
    default: "64",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
