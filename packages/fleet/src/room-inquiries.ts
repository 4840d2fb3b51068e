import { errors, type Subscription } from "@nats-io/transport-node";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import { roomInquirySchema, type RoomInquiry } from "@parley/shared/protocol/media-server-card";
import type { NatsLink } from "./nats-link";
import { readJson } from "./read-json";

/** A media server's main thread answers within some ms; one that does not is busy, or gone. */
const answerMs = 500;

/** Questions among media servers about one room, by NATS: whether it is open there, and who is in. */
export class RoomInquiries {
  readonly #link: NatsLink;
  readonly #end: () => void;
  #subscription: Subscription | null = null;

  /** @param answer what this server says of one of its rooms */
  constructor(link: NatsLink, serverId: string, answer: (roomId: RoomId) => RoomInquiry) {
    this.#link = link;
    this.#end = link.onConnect((connection) => {
      // After a reconnection the subscription is still there.
      this.#subscription ??= connection.subscribe(subjectOf(serverId), {
        callback: (error, message) => {
          const roomId = roomIdSchema.safeParse(message.string()).data;
          if (error === null && roomId !== undefined) {
            message.respond(JSON.stringify(answer(roomId)));
          }
        },
      });
    });
  }

  /** @returns `nobody` when no such server is connected to NATS, null when it does not answer in time */
  async ask(serverId: string, roomId: RoomId): Promise<RoomInquiry | "nobody" | null> {
    const { connection } = this.#link;
    if (connection === null) return null;
    try {
      const answer = await connection.request(subjectOf(serverId), roomId, { timeout: answerMs });
      return readJson(answer.data, roomInquirySchema);
    } catch (error) {
      const isNobody = error instanceof errors.RequestError && error.isNoResponders();
      return isNobody || error instanceof errors.NoRespondersError ? "nobody" : null;
    }
  }

  close(): void {
    this.#end();
    this.#subscription?.unsubscribe();
  }
}

function subjectOf(serverId: string): string {
  return `parley.media.${serverId}.room`;
}
