/** One text and the voice that speaks it. */
export type RemoteText = {
  text: string;
  /** The voice's name on the other machine. */
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
  /** Marks the reply as complete. Nothing may follow. */
  end(): void;
};

/** A protocol by which another machine speaks. */
export type RemoteTransport = {
  /** @param signal aborting it cancels the reply there and rejects pending calls with its reason */
  reply(signal: AbortSignal): RemoteReply;
  /** Ends every connection. Idempotent. */
  close(): void;
};
