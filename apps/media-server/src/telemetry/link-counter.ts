import type { RoomId } from "@parley/shared/protocol/ids";
import type { MediaEngineEvent } from "../contracts/media-engine";
import type { MediaMetrics } from "./media-metrics";

type LinkMetrics = Pick<
  MediaMetrics,
  "links" | "linkLosses" | "linkReconnects" | "roomMediaLosses"
>;

/** Counts links to inference, and rooms that lose their media, by the engine's events. */
export class LinkCounter {
  readonly #metrics: LinkMetrics;
  /** True while a room's link is up, false after it was lost. */
  readonly #links = new Map<RoomId, boolean>();

  constructor(metrics: LinkMetrics) {
    this.#metrics = metrics;
  }

  handle(event: MediaEngineEvent): void {
    if (event.type === "call-ended") return;
    const { roomId } = event;
    switch (event.type) {
      case "link-opened":
        if (this.#links.get(roomId) === false) this.#metrics.linkReconnects.inc();
        this.#links.set(roomId, true);
        break;
      case "link-lost":
        // The media thread's death is told to rooms whose link was down already, too.
        if (this.#links.get(roomId) !== true) break;
        this.#links.set(roomId, false);
        this.#metrics.linkLosses.inc();
        break;
      case "room-lost":
        this.#metrics.roomMediaLosses.inc();
        break;
      case "member-event":
      case "producer-closed":
      case "link-notice":
        break;
    }
    this.#show();
  }

  /** The room is closed, and its link with it. */
  forget(roomId: RoomId): void {
    this.#links.delete(roomId);
    this.#show();
  }

  #show(): void {
    this.#metrics.links.set([...this.#links.values()].filter((isUp) => isUp).length);
  }
}
