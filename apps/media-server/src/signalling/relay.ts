import { AppError } from "@parley/shared/errors";
import {
  acknowledgementSchema,
  signallingNotices,
  type Acknowledgement,
} from "@parley/shared/protocol/signalling";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";

/** Header of connections that another media server has made for a browser: they go no further. */
export const relayHeader = "x-parley-relay";

/** Below what browsers wait for an answer, in ms. */
const answerMs = 6_000;

const noticeNameSchema = z.enum(Object.keys(signallingNotices) as [keyof typeof signallingNotices]);

export type RelayOptions = {
  /** Of the server that has the room. */
  address: string;
  /** The browser's own, which limits by address count there, too. */
  clientAddress: string;
  onNotice: (name: string, notice: unknown) => void;
  /** Called once when the connection is lost, or the other server has ended it. */
  onEnd: () => void;
};

/** One browser's signalling at the server that has its room, for a browser that cannot go there. */
export class Relay {
  readonly #socket: Socket;
  readonly #options: RelayOptions;
  readonly #ended = new AbortController();
  /** Rejects when the connection ends. */
  readonly #lost: Promise<never>;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#lost = new Promise((_resolve, reject) => {
      this.#ended.signal.addEventListener("abort", () => {
        reject(new Error("the connection has ended"));
      });
    });
    this.#lost.catch(() => undefined);
    this.#socket = io(options.address, {
      forceNew: true,
      transports: ["websocket"],
      reconnection: false,
      timeout: answerMs,
      extraHeaders: { [relayHeader]: "1", "x-forwarded-for": options.clientAddress },
    });
    this.#socket.onAny((name: unknown, notice: unknown) => {
      const known = noticeNameSchema.safeParse(name).data;
      if (known !== undefined && !this.#ended.signal.aborted) options.onNotice(known, notice);
    });
    const end = () => {
      this.#end();
    };
    this.#socket.on("disconnect", end);
    this.#socket.on("connect_error", end);
  }

  /** @returns what the other server answers; a retryable error when it does not */
  async request(name: string, payload: unknown): Promise<Acknowledgement<unknown>> {
    try {
      const asked: Promise<unknown> = this.#socket.timeout(answerMs).emitWithAck(name, payload);
      return acknowledgementSchema.parse(await Promise.race([asked, this.#lost]));
    } catch (cause) {
      throw new AppError("timeout", "The server that has the room does not answer.", {
        isRetryable: true,
        cause,
      });
    }
  }

  /** Idempotent. */
  close(): void {
    this.#ended.abort();
    this.#socket.disconnect();
  }

  #end(): void {
    if (this.#ended.signal.aborted) return;
    this.close();
    this.#options.onEnd();
  }
}
