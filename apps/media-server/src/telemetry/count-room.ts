import type { MemberId } from "@parley/shared/protocol/ids";
import type { Room } from "../rooms/room";
import type { MediaMetrics } from "./media-metrics";

type RoomMetrics = Pick<MediaMetrics, "rooms" | "members" | "roomsOpened" | "joins">;

/** Counts a room and the people in it, until it is closed. */
export function countRoom(room: Pick<Room, "subscribe">, metrics: RoomMetrics): void {
  const members = new Set<MemberId>();
  metrics.rooms.inc();
  metrics.roomsOpened.inc();
  room.subscribe((signal) => {
    switch (signal.type) {
      case "member-joined":
        // Whoever comes back to a seat that was held is signalled again.
        if (members.has(signal.member.memberId)) break;
        members.add(signal.member.memberId);
        metrics.members.inc();
        metrics.joins.inc();
        break;
      case "member-left":
        if (members.delete(signal.memberId)) metrics.members.dec();
        break;
      case "closed":
        metrics.rooms.dec();
        metrics.members.dec(members.size);
        members.clear();
        break;
      case "event":
      case "roster-changed":
      case "media-available":
      case "media-closed":
      case "media-restarted":
      case "member-event":
        break;
    }
  });
}
