import { NatsLink } from "@parley/fleet/nats-link";
import { reachableAddress } from "@parley/fleet/reachable-address";
import type { Clock } from "@parley/shared/async/clock";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { Log } from "../contracts/log";
import { soleHome, type RoomHomes } from "../contracts/room-homes";
import { FleetHomes } from "./fleet-homes";

export type HomesSettings = {
  natsServers: readonly string[] | null;
  databaseUrl: string | null;
  /** Null: the machine's first address. */
  ownAddress: string | null;
  routing: "redirect" | "proxy";
  host: string | null;
  port: number;
  tls: object | null;
};

/** Rooms move among servers where these have NATS and a database in common. */
export function openHomes(
  settings: HomesSettings,
  rooms: {
    exists: (roomId: RoomId) => Promise<boolean>;
    describeOwn: (roomId: RoomId) => RoomDescription | null;
  },
  { clock, log }: { clock: Clock; log: Log },
): RoomHomes {
  const { natsServers, databaseUrl, routing, host, port, tls } = settings;
  if (natsServers === null || databaseUrl === null) return soleHome;
  const scheme = tls === null ? "http" : "https";
  const address = settings.ownAddress ?? reachableAddress(scheme, host ?? "::", port);
  log.info({ address, routing }, "rooms are shared with other media servers");
  const link = new NatsLink({ servers: natsServers, name: "parley media-server rooms", log });
  return new FleetHomes({ link, address, isPublic: routing === "redirect", ...rooms, clock, log });
}
