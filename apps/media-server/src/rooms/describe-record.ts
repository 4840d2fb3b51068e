import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { RoomRecord } from "../contracts/room-archive";

/** What everybody with a room's id may know of it. */
export function describeRecord(record: RoomRecord, memberCount: number): RoomDescription {
  const { roomId, title, agent, createdAtMs } = record;
  return { roomId, title, agentName: agent.name, createdAtMs, memberCount };
}
