import type { Socket } from "socket.io";

type EngineConnection = Socket["conn"];

/**
 * Bytes on their way to one browser that the network has not taken yet: those that wait for the
 * transport, and those of its latest flush. Characters count as bytes.
 */
export class UnsentBytes {
  #total = 0;
  #waiting = 0;
  #flushed = 0;

  constructor(connection: EngineConnection) {
    connection.on("packetCreate", ({ data }: { data?: unknown }) => {
      this.#waiting += sizeOf(data);
      this.#total += sizeOf(data);
    });
    connection.on("flush", () => {
      this.#flushed += this.#waiting;
      this.#waiting = 0;
    });
    const watch = (transport: EngineConnection["transport"]) => {
      transport.on("drain", () => {
        this.#flushed = 0;
      });
    };
    watch(connection.transport);
    connection.on("upgrade", watch);
  }

  /** All that was ever handed over, sent or not. */
  get total(): number {
    return this.#total;
  }

  get count(): number {
    return this.#waiting + this.#flushed;
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === "string") return data.length;
  return data instanceof Uint8Array ? data.byteLength : 0;
}
