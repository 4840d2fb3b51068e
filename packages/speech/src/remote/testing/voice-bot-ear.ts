import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import type { AppError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { type WebSocket, WebSocketServer } from "ws";
import type { Recognizer, RecognizerStream } from "../../contracts/recognizer";

type Asked = { type?: string; finalize?: boolean };

/**
 * The voice bot's ASR server as its client sees it, on a recogniser of ours: no word about what it
 * can do, a soft reset that repeats the words so far, messages answered in order.
 */
export class VoiceBotEar {
  /** Keys of all connections, in order. */
  readonly keys: (string | undefined)[] = [];
  /** Kinds of all messages, in order: "sound", or the type with "soft" or "hard". */
  readonly received: string[] = [];
  /** Milliseconds of sound that came in all. */
  heardMs = 0;
  /** The error that new connections meet with, as another Parley sends it. */
  refusal: AppError | null = null;
  #server: WebSocketServer | null = null;
  #port = 0;

  constructor(private readonly recognizer: Recognizer) {}

  get url(): URL {
    return new URL(`ws://127.0.0.1:${this.#port}`);
  }

  /** Starts listening; again on the same port after a stop. */
  async start(): Promise<void> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: this.#port });
    this.#server = server;
    server.on("connection", (socket, request) => {
      this.keys.push(request.headers.authorization);
      if (this.refusal === null) void this.#serve(socket);
      else {
        const { message, code } = this.refusal;
        socket.send(JSON.stringify({ type: "error", message, code }));
        socket.close(1013);
      }
    });
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Drops its connections, as a dying process does. */
  drop(): void {
    for (const client of this.#server?.clients ?? []) client.terminate();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.drop();
    this.#server = null;
    await new Promise<void>((resolve) => {
      if (server === null) resolve();
      else
        server.close(() => {
          resolve();
        });
    });
  }

  async #serve(socket: WebSocket): Promise<void> {
    const waiting: { data: Uint8Array; isBinary: boolean }[] = [];
    let work = Promise.resolve();
    let text = "";
    const joiner = new SampleJoiner();
    const send = (notice: object) => {
      socket.send(JSON.stringify(notice));
    };
    const handle = async (stream: RecognizerStream, data: Uint8Array, isBinary: boolean) => {
      if (isBinary) {
        this.received.push("sound");
        this.heardMs += data.length / 32;
        const partial = await stream.write(joiner.push(data));
        if (partial.text === text) return;
        text = partial.text;
        send({ type: "transcript", text, is_final: false });
        return;
      }
      const { type, finalize = true } = JSON.parse(new TextDecoder().decode(data)) as Asked;
      if (type !== "reset" && type !== "end") return;
      this.received.push(finalize ? "hard reset" : "soft reset");
      if (finalize) ({ text } = await stream.finish());
      send({ type: "transcript", text, is_final: true, finalize });
      if (finalize) text = "";
    };
    let opened: RecognizerStream | null = null;
    const take = (message: { data: Uint8Array; isBinary: boolean }) => {
      const stream = opened;
      if (stream === null) waiting.push(message);
      // A stream that is closed meanwhile rejects what still waits.
      else
        work = work
          .then(() => handle(stream, message.data, message.isBinary))
          .catch(() => undefined);
    };
    socket.on("message", (data, isBinary) => {
      take({ data: Uint8Array.from(messageBytes(data)), isBinary });
    });
    socket.on("error", () => undefined);
    const stream = await this.recognizer.open({ isOffline: true });
    socket.on("close", () => {
      stream.close();
    });
    opened = stream;
    send({ type: "ready" });
    for (const message of waiting.splice(0)) take(message);
  }
}
