import type { Clock } from "@parley/shared/async/clock";
import type { Log } from "../contracts/log";
import type { RoomArchive } from "../contracts/room-archive";
import { JsonlRoomArchive } from "./jsonl-room-archive";
import { PostgresRoomArchive } from "./postgres/postgres-room-archive";

/** The archive that the settings name. A database may be away: nobody waits for it here. */
export function openArchive(
  { databaseUrl, dataFolder }: { databaseUrl: string | null; dataFolder: string },
  services: { clock: Clock; log: Log },
): RoomArchive {
  if (databaseUrl === null) return new JsonlRoomArchive(dataFolder, services);
  return new PostgresRoomArchive(databaseUrl, services);
}
