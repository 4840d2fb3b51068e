import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import { AgentSeat } from "./agent/agent-seat";
import type { Log } from "./contracts/log";
import type { MediaEngine, MediaEngineEvent } from "./contracts/media-engine";
import type { Room } from "./rooms/room";
import type { RoomSignal } from "./rooms/room-signal";

/** Retry interval for reopening a room's lost media; a worker restarts in about 50 ms. */
const reopenMs = 250;

/** Connects rooms with the media engine, which do not know each other, and seats the agents. */
export class RoomWiring {
  readonly #media: MediaEngine;
  readonly #services: { clock: Clock; log: Log };
  readonly #rooms = new Map<RoomId, { room: Room; agent: AgentSeat }>();

  constructor(media: MediaEngine, services: { clock: Clock; log: Log }) {
    this.#media = media;
    this.#services = services;
    media.subscribe((event) => {
      this.#handleEvent(event);
    });
  }

  /** Must be called with every room before anything else uses it. */
  attach(room: Room): void {
    room.subscribe((signal) => {
      this.#handleSignal(room, signal);
    });
    this.#rooms.set(room.roomId, { room, agent: new AgentSeat(room, this.#media, this.#services) });
  }

  #handleSignal(room: Room, signal: RoomSignal): void {
    const { roomId } = room;
    switch (signal.type) {
      case "event":
        this.#logFailure(roomId, this.#media.publish({ roomId, event: signal.event }));
        break;
      case "member-left":
        this.#logFailure(roomId, this.#media.removeMember({ roomId, memberId: signal.memberId }));
        break;
      case "closed":
        this.#rooms.delete(roomId);
        this.#logFailure(roomId, this.#media.closeRoom({ roomId }));
        this.#services.log.info({ roomId, reason: signal.reason }, "a room was closed");
        break;
      case "roster-changed":
      case "media-available":
      case "media-closed":
      case "media-restarted":
      case "member-joined":
      case "member-event":
        break;
    }
  }

  #handleEvent(event: MediaEngineEvent): void {
    if (event.type === "call-ended") return;
    const entry = this.#rooms.get(event.roomId);
    if (entry === undefined) return;
    switch (event.type) {
      case "member-event":
        entry.room.receive(event.memberId, event.event);
        break;
      case "producer-closed":
        entry.room.removeMedia(event.producerId);
        break;
      case "room-lost":
        this.#reopen(entry.room);
        break;
      case "link-opened":
      case "link-lost":
      case "link-notice":
        entry.agent.handle(event);
        break;
    }
  }

  /** Reopens lost media: the new epoch makes members and the agent rebuild theirs. */
  #reopen(room: Room): void {
    if (room.isClosed) return;
    this.#media.openRoom({ roomId: room.roomId }).then(
      ({ mediaEpoch }) => {
        room.enterMediaEpoch(mediaEpoch);
      },
      () => {
        this.#services.clock.schedule(reopenMs, () => {
          this.#reopen(room);
        });
      },
    );
  }

  /** Logs a rejection only: it means that the room's media is gone, and a new epoch follows. */
  #logFailure(roomId: RoomId, call: Promise<void>): void {
    call.catch((error: unknown) => {
      this.#services.log.debug({ roomId, reason: errorMessage(error) }, "a media call failed");
    });
  }
}
