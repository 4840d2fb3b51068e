import { linkNoticeSchema, type LinkNotice } from "@parley/shared/protocol/agent-link";
import {
  decodeLinkFrame,
  encodeLinkFrame,
  type LinkFrame,
} from "@parley/shared/protocol/link-frame";
import { newId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { WebSocket } from "ws";

/** Test double of the media-server's end of an agent link. */
export class LinkClient {
  readonly memberId = newId<MemberId>();
  readonly notices: LinkNotice[] = [];
  readonly frames: LinkFrame[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<number>;
  #wake: () => void = () => undefined;
  #sequence = 0;

  static async connect(
    port: number,
    path = "/agent",
    headers: Record<string, string> = {},
  ): Promise<LinkClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const client = new LinkClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return client;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(decodeLinkFrame(data));
      else this.notices.push(linkNoticeSchema.parse(JSON.parse(data.toString())));
      this.#wake();
    });
    this.#closed = new Promise((resolve) => {
      socket.on("close", (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  /** Opens a session with one member. */
  open(parts: object = {}): void {
    this.send({
      type: "session-open",
      protocol: 1,
      roomId: newId<RoomId>(),
      agent: { name: "Parley", instructions: "", greeting: "", voice: "" },
      members: [{ memberId: this.memberId, name: "Ada" }],
      history: [],
      ...parts,
    });
  }

  send(message: object): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  sendAudio(parts: Partial<LinkFrame> = {}): void {
    this.sendBytes(
      encodeLinkFrame({
        kind: "microphone",
        id: this.memberId,
        sequence: this.#sequence++,
        sampleRate: 16_000,
        stampMs: Date.now(),
        samples: new Int16Array(320),
        ...parts,
      }),
    );
  }

  /** Resolves with the first notice that fits, earlier ones included. */
  async until(fits: (notice: LinkNotice) => boolean): Promise<LinkNotice> {
    for (;;) {
      const notice = this.notices.find(fits);
      if (notice !== undefined) return notice;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits for `count` errors. @returns the codes of all errors so far */
  async errors(count: number): Promise<string[]> {
    const errorsSoFar = () => this.notices.filter((notice) => notice.type === "error");
    await this.until(() => errorsSoFar().length >= count);
    return errorsSoFar().map(({ error }) => error.code);
  }

  /** Resolves with the close code. */
  closed(): Promise<number> {
    return this.#closed;
  }

  close(): void {
    this.#socket.close();
  }
}
