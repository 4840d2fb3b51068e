import type { Clock } from "@parley/shared/async/clock";

/** Where somebody else speaks, and what must be known to ask for it. */
export type RemoteSettings = {
  /**
   * `ws:` or `wss:` for the voice bot's WebSocket, up to its host or with its path; `http:` or
   * `https:` for a server that speaks as OpenAI's does, up to and with `/v1`.
   */
  url: URL;
  /** Sent as a bearer token; null where none is wanted. */
  apiKey: string | null;
  /** For OpenAI's way alone: the model's name there. */
  model: string;
  /** For OpenAI's way alone; a WAVE file names its own rate. */
  format: "pcm" | "wav";
  /** The voices there, the default first; asked of the server when null. */
  voices: readonly string[] | null;
  clock: Clock;
};

/** A wait that is longer than this is for nothing: nobody wants an answer that late. */
export const silenceLimitMs = 15_000;

/** One text, and how it is to be spoken. */
export type RemoteText = {
  text: string;
  /** By its name there. */
  voice: string;
  language: string;
  quality: "fast-start" | "batch";
  seed: number | null;
  /** Null for the model's own. */
  temperature: number | null;
};

/** One reply on the other machine: its texts are spoken one after another. */
export type RemoteReply = {
  /**
   * The sound of one text, at the rate of the description; ends when the text is spoken.
   *
   * @throws AppError that names the other machine
   */
  speak(text: RemoteText): AsyncGenerator<Int16Array, void, void>;
  /** All of it is spoken. Nothing may follow. */
  end(): void;
};

/** A way to the other machine. */
export type RemoteDoor = {
  /** @param signal aborting it cancels the reply there, and fails what waits with its reason */
  reply(signal: AbortSignal): RemoteReply;
  /** Ends every connection. Idempotent. */
  close(): void;
};
