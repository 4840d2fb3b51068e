import { networkInterfaces } from "node:os";
import type { types } from "mediasoup";

export type ListenSettings = {
  /** UDP and TCP port; 0 for any free one. */
  port: number;
  /** Addresses to bind; empty for every local IPv4 address, loopback included. */
  listenIps: string[];
  /** Address put into ICE candidates instead, when browsers know this machine by another one. */
  announcedAddress: string | null;
};

/** Limit on ICE candidates: machines with many network bridges have dozens of addresses. */
const maxAddresses = 8;

/** mediasoup's listen infos for one worker: UDP and TCP on every address. */
export function listenInfos(settings: ListenSettings): types.TransportListenInfo[] {
  const ips =
    settings.listenIps.length > 0
      ? settings.listenIps
      : settings.announcedAddress === null
        ? localAddresses()
        : ["0.0.0.0"];
  return ips.flatMap((ip) =>
    (["udp", "tcp"] as const).map((protocol) => ({
      protocol,
      ip,
      ...(settings.announcedAddress === null
        ? {}
        : { announcedAddress: settings.announcedAddress }),
      ...(settings.port === 0 ? {} : { port: settings.port }),
    })),
  );
}

/** Local IPv4 addresses, loopback last: reachable from this machine and from the local network. */
function localAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, address }) => family === "IPv4" && !address.startsWith("169.254."))
    .map(({ address }) => address);
  const others = [...new Set(addresses)].filter((address) => !address.startsWith("127."));
  return [...others, "127.0.0.1"].slice(-maxAddresses);
}
