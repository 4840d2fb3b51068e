import type { Clock } from "@parley/shared/async/clock";

/** Address of a recogniser on another machine, and the parameters of requests to it. */
export type RemoteRecognizerSettings = {
  /**
   * `ws:` or `wss:` for the voice bot's WebSocket, which another Parley speaks too; `http:` or
   * `https:` for a server with OpenAI's interface, up to and with `/v1`; `grpc:` or `grpcs:` for
   * Riva and its NIM containers.
   */
  url: URL;
  /** Sent as a bearer token; null sends none. */
  apiKey: string | null;
  /** Name of the model there; empty for the server's own. The WebSocket has none. */
  model: string;
  /** BCP 47 tag of what is spoken; null leaves it to the server. The WebSocket has none. */
  language: string | null;
  clock: Clock;
};
