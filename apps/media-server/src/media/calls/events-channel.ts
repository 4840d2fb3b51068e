import type { Clock } from "@parley/shared/async/clock";
import type { types } from "mediasoup";

/** The name that OpenAI's clients give it. */
const label = "oai-events";
/** Stream of the first channel of a browser that is the DTLS client (RFC 8832, 6). */
const firstStream = 0;

/** SCTP payload protocol identifiers (RFC 8831, 8). */
const protocols = { dcep: 50, text: 51 } as const;
/** Answer to the message that opens a channel (RFC 8832, 5.2). */
const acknowledgement = Buffer.from([2]);

/** Browsers that agreed on the channel without a message (`negotiated`) get this long. */
const quietMs = 1_000;
/** Bytes that wait for a browser to open its channel. */
const maxWaitingBytes = 1_000_000;

export type EventsChannelOptions = {
  transport: types.WebRtcTransport;
  direct: types.DirectTransport;
  /** Longest message that the browser takes. */
  maxBytes: number;
  clock: Clock;
  onText: (text: string) => void;
  /** The browser takes no more, or no channel was opened. */
  onStuck: () => void;
};

/**
 * The data channel that the browser opens in a call. mediasoup hands its opening message (DCEP) on
 * like any other, and it is answered here.
 */
export class EventsChannel {
  readonly #options: EventsChannelOptions;
  readonly #outgoing: types.DataProducer;
  #waiting: string[] | null = [];
  #waitingBytes = 0;
  #cancelOpening: (() => void) | null = null;

  private constructor(options: EventsChannelOptions, outgoing: types.DataProducer) {
    this.#options = options;
    this.#outgoing = outgoing;
  }

  static async open(options: EventsChannelOptions): Promise<EventsChannel> {
    const { transport, direct, clock, onStuck } = options;
    const outgoing = await direct.produceData({ label });
    // Streams are given out from 0 on, and this is the transport's only one.
    const consumer = await transport.consumeData({ dataProducerId: outgoing.id, ordered: true });
    const channel = new EventsChannel(options, outgoing);
    // A message that found the buffer full is lost.
    consumer.on("sctpsendbufferfull", onStuck);
    const incoming = await transport.produceData({
      sctpStreamParameters: { streamId: firstStream, ordered: true },
      label,
    });
    const reader = await direct.consumeData({ dataProducerId: incoming.id });
    reader.on("message", (message, protocol) => {
      channel.#receive(message, protocol);
    });
    transport.on("sctpstatechange", (state) => {
      if (state !== "connected") return;
      channel.#cancelOpening = clock.schedule(quietMs, () => {
        channel.#open();
      });
    });
    return channel;
  }

  /** @returns false for a text that is longer than the browser takes, which is dropped */
  send(text: string): boolean {
    const bytes = Buffer.byteLength(text);
    if (bytes > this.#options.maxBytes) return false;
    if (this.#waiting === null) {
      this.#write(text);
      return true;
    }
    this.#waiting.push(text);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > maxWaitingBytes) this.#options.onStuck();
    return true;
  }

  /** Idempotent. */
  close(): void {
    this.#cancelOpening?.();
    this.#waiting = [];
  }

  #receive(message: Buffer, protocol: number): void {
    if (protocol === protocols.dcep) {
      if (!this.#outgoing.closed) this.#outgoing.send(acknowledgement, protocols.dcep);
      this.#open();
      return;
    }
    this.#open();
    if (protocol === protocols.text) this.#options.onText(message.toString("utf8"));
  }

  #open(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#cancelOpening?.();
    this.#waiting = null;
    for (const text of waiting) this.#write(text);
  }

  #write(text: string): void {
    if (!this.#outgoing.closed) this.#outgoing.send(text);
  }
}
