import { wireErrorSchema } from "@parley/shared/errors";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { roomSnapshotSchema } from "@parley/shared/protocol/snapshot";
import { WebSocket } from "ws";
import { z } from "zod";

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireErrorSchema }),
]);
type Answer = z.infer<typeof answerSchema>;

const snapshotSchema = roomSnapshotSchema.pick({ agentState: true });

/** Engine.IO's and Socket.IO's packets, as they stand at the head of a message. */
const packets = { open: "0", ping: "2", pong: "3", connect: "40", event: "42", answer: "43" };

/** A connection to signalling without the client library's manners: it need not read. */
export class BareSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  #requests = 0;
  #onConnected: () => void = () => undefined;

  /** @param from an address of 127.0.0.0/8: limits are by address */
  static async open(port: number, from: string): Promise<BareSocket> {
    const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { localAddress: from, perMessageDeflate: false });
    const bare = new BareSocket(socket);
    await new Promise<void>((resolve, reject) => {
      bare.#onConnected = resolve;
      socket.once("close", () => {
        reject(new Error("the connection was refused"));
      });
    });
    return bare;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("close", () => {
      for (const resolve of this.#waiting.values()) resolve(null);
      this.#waiting.clear();
    });
    socket.on("message", (data) => {
      this.#receive(new TextDecoder().decode(messageBytes(data)));
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Asks, and resolves with `ok` or the code of the refusal, `closed` where the connection ended. */
  async ask(name: string, payload: object): Promise<string> {
    const answer = await this.#request(name, payload);
    if (answer === null) return "closed";
    return answer.ok ? "ok" : answer.error.code;
  }

  /** The state of the agent in the room that was joined; null where that was refused. */
  async agentState(): Promise<AgentState | null> {
    const answer = await this.#request("room-snapshot", {});
    return answer?.ok === true ? snapshotSchema.parse(answer.value).agentState : null;
  }

  /** Asks and does not wait for the answer. */
  askBlindly(name: string, payload: object): void {
    if (!this.isOpen) return;
    this.#socket.send(`${packets.event}${this.#requests++}${JSON.stringify([name, payload])}`);
  }

  join(roomId: string, name: string): Promise<string> {
    return this.ask("room-join", { protocol: 1, roomId, name, seatToken: null });
  }

  /** Keeps the connection alive though pings are not read. */
  answerPings(): void {
    if (this.isOpen) this.#socket.send(packets.pong);
  }

  /** Reads nothing more until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.terminate();
  }

  #request(name: string, payload: object): Promise<Answer | null> {
    if (!this.isOpen) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.set(this.#requests, resolve);
      this.askBlindly(name, payload);
    });
  }

  #receive(text: string): void {
    if (text.startsWith(packets.open)) this.#socket.send(packets.connect);
    else if (text.startsWith(packets.ping)) this.answerPings();
    else if (text.startsWith(packets.connect)) this.#onConnected();
    else if (text.startsWith(packets.answer)) {
      const [, id = "", json = ""] = /^43(\d+)(.*)$/s.exec(text) ?? [];
      const [answer] = z.tuple([answerSchema]).parse(JSON.parse(json));
      this.#waiting.get(Number(id))?.(answer);
      this.#waiting.delete(Number(id));
    }
  }
}
