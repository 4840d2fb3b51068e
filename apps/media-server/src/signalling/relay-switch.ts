import type { Acknowledgement } from "@parley/shared/protocol/signalling";
import { z } from "zod";
import { Relay } from "./relay";

/** Treatment of a browser whose room is at another server. */
export type Routing =
  /** It is told that server's address, and goes there, if it can. */
  | "redirect"
  /** Its signalling is passed on: there is one public address for all servers. */
  | "proxy";

export type RelaySwitchOptions = {
  routing: Routing;
  clientAddress: string;
  /** The connection comes from another server, which passes a browser's requests on. */
  isRelayed: boolean;
  emit: (name: string, notice: unknown) => void;
  disconnect: () => void;
};

type Request = { name: unknown; payload: unknown };

/** Rooms may move while somebody is led to them. */
const maxHops = 3;

const joinSchema = z.looseObject({ canMove: z.boolean().default(false) });

/** One browser's way to the server that has its room: here, by its own feet, or passed on. */
export class RelaySwitch {
  readonly #options: RelaySwitchOptions;
  #relay: Relay | null = null;
  /** The relay has led to the room: when it ends, so does the browser's connection. */
  #isSettled = false;
  #isClosed = false;

  constructor(options: RelaySwitchOptions) {
    this.#options = options;
  }

  /** @param answerHere handles the request in this server */
  async answer(
    request: Request,
    answerHere: () => Promise<Acknowledgement<unknown>>,
  ): Promise<Acknowledgement<unknown>> {
    if (this.#relay !== null) return this.#pass(this.#relay, request);
    const answer = await answerHere();
    const address = addressIn(answer);
    if (address === null || this.#options.isRelayed) return answer;
    const join = joinSchema.safeParse(request.payload).data;
    if (this.#options.routing === "redirect" && join?.canMove === true) return answer;
    return this.#follow(address, { name: request.name, payload: { ...join, canMove: true } });
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#relay?.close();
    this.#relay = null;
  }

  async #pass(relay: Relay, { name, payload }: Request): Promise<Acknowledgement<unknown>> {
    const answer = await relay.request(String(name), payload).catch(() => away);
    if (addressIn(answer) === null) return answer;
    // The room has moved on: whoever comes anew is led there.
    this.#options.disconnect();
    return away;
  }

  async #follow(first: string, request: Request): Promise<Acknowledgement<unknown>> {
    const { clientAddress, emit, disconnect } = this.#options;
    let address = first;
    for (let hop = 0; hop < maxHops && !this.#isClosed; hop += 1) {
      const relay = new Relay({
        address,
        clientAddress,
        onNotice: emit,
        onEnd: () => {
          if (this.#isSettled) disconnect();
        },
      });
      // Requests that follow this one go the same way.
      this.#relay = relay;
      const answer = await relay.request(String(request.name), request.payload).catch(() => away);
      if (answer.ok) {
        this.#isSettled = true;
        return answer;
      }
      relay.close();
      this.#relay = null;
      const next = addressIn(answer);
      if (next === null) return answer;
      address = next;
    }
    return away;
  }
}

const away: Acknowledgement<unknown> = {
  ok: false,
  error: {
    code: "timeout",
    message: "The server that has the room does not answer.",
    isRetryable: true,
  },
};

/** The address that an answer leads to. */
function addressIn(answer: Acknowledgement<unknown>): string | null {
  return answer.ok ? null : (answer.error.address ?? null);
}
