import { WebSocket } from "ws";

export type SynthesizerMessage = { type: string } & Record<string, unknown>;
/** Messages in their order; sound as its samples. */
export type Received = SynthesizerMessage | Int16Array;

/** A client of the synthesiser's WebSocket that keeps everything it receives. */
export class SynthesizerClient {
  readonly received: Received[] = [];
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer, isBinary) => {
      this.received.push(
        isBinary
          ? Int16Array.from(samplesOf(data))
          : (JSON.parse(data.toString()) as SynthesizerMessage),
      );
      this.#wake();
    });
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on("close", (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  static async connect(url: string): Promise<SynthesizerClient> {
    const client = new SynthesizerClient(new WebSocket(url));
    await new Promise((resolve) => client.socket.once("open", resolve));
    return client;
  }

  get messages(): SynthesizerMessage[] {
    return this.received.filter(
      (item): item is SynthesizerMessage => !(item instanceof Int16Array),
    );
  }

  get samples(): number[] {
    return this.received.flatMap((item) => (item instanceof Int16Array ? [...item] : []));
  }

  /** The first message of this type, once it has come. */
  async first(type: string): Promise<SynthesizerMessage> {
    for (;;) {
      const found = this.messages.find((message) => message.type === type);
      if (found !== undefined) return found;
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error(`closed before ${type}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  send(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }
}

function samplesOf(data: Buffer): Int16Array {
  const copy = Uint8Array.from(data);
  return new Int16Array(copy.buffer);
}
