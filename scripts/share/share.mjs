import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { requireFreePort } from "../run/ports.mjs";
import { dataFolder } from "../system/folders.mjs";
import { obtainCertificate } from "./certificate.mjs";
import { localAddresses } from "./local-addresses.mjs";

/** The media port that containers use, too: a known one can be let through a firewall. */
const MEDIA_PORT = 40_000;

const LOOPBACK = /^(localhost|127\.|::1$)/;

/**
 * @typedef {object} Shared
 * @property {Record<string, string>} environment Variables for the servers, besides the operator's.
 * @property {string[]} addresses Such as `https://192.168.1.20:7860`; the first one is in links.
 * @property {string | null} fingerprint Of the certificate made here; null with an operator's own.
 * @property {string} mediaPort "0" where the usual one is taken.
 */

/**
 * Prepares Parley for other machines of this network: a certificate, since browsers give a
 * microphone to secure pages alone, and addresses and ports that those machines reach.
 *
 * @param {{ repository: string, port: number }} choices
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {string[]} [addresses]
 * @returns {Promise<Shared>}
 */
export async function prepareSharing(
  { repository, port },
  environment = process.env,
  addresses = localAddresses(),
) {
  if (LOOPBACK.test(environment.HOST ?? "")) {
    throw new Problem(
      `HOST=${environment.HOST} keeps everybody out but this machine.`,
      "unset HOST, or start without --share.",
    );
  }
  if (addresses.length === 0) {
    throw new Problem(
      "This machine has no address in a network, so there is nobody to share with.",
      "connect it to a network, or start without --share.",
    );
  }
  const certificate = environment.TLS_CERT
    ? null
    : await obtainCertificate(path.join(dataFolder(environment, repository), "tls"), addresses);
  const origins = addresses.map((address) => `https://${address}:${port}`);
  const named = environment.SHARE_ADDRESS;
  const mediaPort = environment.MEDIA_PORT || (await freeMediaPort());
  const announced = environment.MEDIA_LISTEN_IP || environment.ANNOUNCED_ADDRESS;
  return {
    environment: {
      ...(certificate && { TLS_CERT: certificate.certificateFile, TLS_KEY: certificate.keyFile }),
      ...(announced ? {} : { MEDIA_LISTEN_IP: [...addresses, "127.0.0.1"].join(",") }),
      SHARE_ADDRESS: named || (origins[0] ?? ""),
      MEDIA_PORT: mediaPort,
    },
    addresses: named ? [named] : origins,
    fingerprint: certificate?.fingerprint ?? null,
    mediaPort,
  };
}

async function freeMediaPort() {
  return requireFreePort(MEDIA_PORT, "MEDIA_PORT", "media").then(
    () => String(MEDIA_PORT),
    () => "0",
  );
}
