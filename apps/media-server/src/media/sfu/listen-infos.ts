import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import type { types } from "mediasoup";

export type ListenSettings = {
  /** UDP and TCP port; 0 for any free one. */
  port: number;
  /** Addresses to bind, of either family; empty for every local one, loopback included. */
  listenIps: string[];
  /**
   * Addresses or names put into ICE candidates instead, when browsers know this machine by others: the
   * first of each family counts, and a name for both.
   */
  announcedAddresses: string[];
};

type Place = { ip: string; announcedAddress: string | null };

/** Limit on ICE candidates: machines with many network bridges have dozens of addresses. */
const maxAddresses = 8;

/** mediasoup's listen infos for one worker: UDP and TCP on every address. */
export function listenInfos(settings: ListenSettings): types.TransportListenInfo[] {
  const { port } = settings;
  return listenPlaces(settings).flatMap(({ ip, announcedAddress }) =>
    (["udp", "tcp"] as const).map((protocol) => ({
      protocol,
      ip,
      ...(announcedAddress === null ? {} : { announcedAddress }),
      ...(port === 0 ? {} : { port }),
      // Both families may have the same port.
      ...(isIPv6(ip) ? { flags: { ipv6Only: true } } : {}),
    })),
  );
}

function listenPlaces({ listenIps, announcedAddresses: announced }: ListenSettings): Place[] {
  if (listenIps.length > 0 || announced.length === 0) {
    const ips = listenIps.length > 0 ? listenIps : localAddresses();
    return ips.map((ip) => {
      const suits = (address: string) => isIP(address) === 0 || isIP(address) === isIP(ip);
      return { ip, announcedAddress: announced.find(suits) ?? null };
    });
  }
  const places = announced.map((announcedAddress) => ({
    ip: isIPv6(announcedAddress) ? "::" : "0.0.0.0",
    announcedAddress,
  }));
  return places.filter(({ ip }, index) => places.findIndex((place) => place.ip === ip) === index);
}

/**
 * Local addresses, IPv6 before IPv4 and loopback last: reachable from this machine and from the local
 * network. Where there are too many, the first go.
 */
function localAddresses(): string[] {
  const all = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ address }) => !/^(?:169\.254\.|fe[89ab])/iu.test(address));
  const of = (family: "IPv4" | "IPv6", internal: boolean) =>
    all.filter((each) => each.family === family && each.internal === internal);
  const others = [...of("IPv6", false), ...of("IPv4", false)].map(({ address }) => address);
  return [...new Set([...others, "127.0.0.1"])].slice(-maxAddresses);
}
