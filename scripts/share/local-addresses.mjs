import os from "node:os";

/** Interfaces of containers and virtual machines, which no phone can reach. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|utun|awdl|llw)/;

/** Addresses that are used within homes and companies (RFC 1918). */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/**
 * IPv4 addresses at which other machines may reach this one, the likeliest first. Media listens on
 * IPv4 only, so the page is announced there alone.
 *
 * @param {NodeJS.Dict<Pick<os.NetworkInterfaceInfo, "address" | "family" | "internal">[]>} [interfaces]
 * @returns {string[]}
 */
export function localAddresses(interfaces = os.networkInterfaces()) {
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .filter(({ address }) => !address.startsWith("169.254."))
      .map(({ address }) => ({ address, isVirtual: VIRTUAL.test(name) })),
  );
  const real = found.filter(({ isVirtual }) => !isVirtual);
  const addresses = (real.length > 0 ? real : found).map(({ address }) => address);
  const likeliest = addresses.filter((address) => PRIVATE.test(address));
  return [...new Set([...likeliest, ...addresses])];
}
