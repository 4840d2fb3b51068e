import { AppError } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { silentLog } from "@parley/media-server/contracts/log";
import { RoomAdmission } from "@parley/media-server/rooms/room-admission";
import { RoomRegistry } from "@parley/media-server/rooms/room-registry";
import { MemoryArchive } from "@parley/media-server/testing/memory-archive";
import { ScriptedMedia } from "@parley/media-server/testing/scripted-media";

/** A registry with one room, on scripted media that refuses data channels with a coded error. */
export async function openHonestRoom() {
  const clock = new FakeClock();
  const media = new ScriptedMedia();
  const refuse = () => Promise.reject(new AppError("media-unavailable", "no data here"));
  media.produceData = refuse;
  media.consumeData = refuse;
  const services = { clock, archive: new MemoryArchive(), log: silentLog };
  const rooms = new RoomRegistry(services, () => undefined);
  const { roomId } = await rooms.create(roomCreateRequestSchema.parse({}));
  const admission = new RoomAdmission(media);
  const context = {
    rooms,
    admission,
    media,
    iceAccess: () => ({ iceServers: [], iceTransportPolicy: "all" as const }),
  };
  return { clock, context, services, roomId };
}

/** What an honest member asks to be in the room. */
export function honestJoin(roomId: RoomId) {
  return { protocol: 1, roomId, name: "Ada", seatToken: null };
}
