import { networkInterfaces } from "node:os";
import type { types } from "mediasoup";

export type ListenSettings = {
  /** UDP and TCP port; 0 for any free one. */
  port: number;
  /** Addresses to bind; empty for every local IPv4 address, loopback included. */
  listenIps: string[];
  /** What browsers are told instead, when this machine is known by another address. */
  announcedAddress: string | null;
};

/** Each address is one more ICE candidate to try; machines with many bridges have dozens. */
const maxAddresses = 8;

/** Where one worker receives media. */
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

/** The same machine and the local network both reach a server that listens on all of these. */
function localAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, address }) => family === "IPv4" && !address.startsWith("169.254."))
    .map(({ address }) => address);
  const others = [...new Set(addresses)].filter((address) => !address.startsWith("127."));
  return [...others, "127.0.0.1"].slice(-maxAddresses);
}
