import type { Clock } from "@parley/shared/async/clock";

/** Address of a voice on another machine, and the parameters of requests to it. */
export type RemoteSettings = {
  /**
   * `ws:` or `wss:` for the voice bot's WebSocket, up to its host or with its path; `http:` or
   * `https:` for a server with OpenAI's interface, up to and with `/v1`; `grpc:` or `grpcs:` for Riva
   * and its NIM containers.
   */
  url: URL;
  /** Sent as a bearer token; null sends none. */
  apiKey: string | null;
  /** Name of the model there; empty for the server's own. The WebSocket has none. */
  model: string;
  /** Sound format; OpenAI's interface only. A WAVE file names its own rate. */
  format: "pcm" | "wav";
  /** The voices there, the default first; null asks the server. */
  voices: readonly string[] | null;
  clock: Clock;
};
