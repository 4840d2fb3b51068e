import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Apple's systems refuse certificates that hold longer than 398 or, self-made, 825 days. */
const LIFETIME_MS = 365 * DAY_MS;

/** A certificate this close to its end is made anew: an instance may run for weeks. */
const RENEWED_BEFORE_END_MS = 60 * DAY_MS;

/** Start of validity lies in the past: the clocks of phones differ. */
const BACKDATED_MS = DAY_MS;

/**
 * @typedef {object} Certificate
 * @property {string} certificateFile PEM.
 * @property {string} keyFile PEM, readable for its owner only.
 * @property {string} fingerprint SHA-256, as browsers show it: `AB:CD:…`.
 */

/** Addresses that one certificate names. */
const MAX_ADDRESSES = 12;

/**
 * The certificate of this machine, signed by itself: the one in the folder while it names every
 * address and holds for another two months, a new one otherwise. Browsers ask once for each
 * certificate, so a new one also names the former addresses: a laptop that goes back and forth
 * between two networks keeps it.
 *
 * @param {string} folder
 * @param {string[]} addresses IPv4 addresses at which the page is opened, besides `localhost`.
 * @param {{ now?: number, hostName?: string }} [circumstances]
 * @returns {Promise<Certificate>}
 */
export async function obtainCertificate(
  folder,
  addresses,
  { now = Date.now(), hostName = os.hostname() } = {},
) {
  const certificateFile = path.join(folder, "certificate.pem");
  const keyFile = path.join(folder, "key.pem");
  const kept = await readCertificate(certificateFile, keyFile);
  if (kept !== null && isGoodFor(kept, addresses, now)) {
    return { certificateFile, keyFile, fingerprint: kept.fingerprint256 };
  }
  const named = [...new Set([...addresses, ...namedAddresses(kept)])].slice(0, MAX_ADDRESSES);
  const made = await makeCertificate(named, localNames(hostName), now);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The key first: a certificate without its key is noticed and replaced.
  await replaceFile(keyFile, made.private, 0o600);
  await replaceFile(certificateFile, made.cert, 0o644);
  const { fingerprint256 } = new X509Certificate(made.cert);
  return { certificateFile, keyFile, fingerprint: fingerprint256 };
}

/**
 * @param {string} certificateFile
 * @param {string} keyFile
 * @returns {Promise<X509Certificate | null>} Null when either is missing or they do not fit.
 */
async function readCertificate(certificateFile, keyFile) {
  try {
    const certificate = new X509Certificate(await readFile(certificateFile));
    const fits = certificate.checkPrivateKey(createPrivateKey(await readFile(keyFile)));
    return fits ? certificate : null;
  } catch {
    return null;
  }
}

/**
 * @param {X509Certificate} certificate
 * @param {string[]} addresses
 * @param {number} now
 */
function isGoodFor(certificate, addresses, now) {
  return (
    Date.parse(certificate.validFrom) <= now &&
    Date.parse(certificate.validTo) - RENEWED_BEFORE_END_MS > now &&
    addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

/**
 * @param {X509Certificate | null} certificate
 * @returns {string[]}
 */
function namedAddresses(certificate) {
  const names = certificate?.subjectAltName?.split(", ") ?? [];
  return names
    .filter((name) => name.startsWith("IP Address:"))
    .map((name) => name.slice("IP Address:".length))
    .filter((address) => address !== "127.0.0.1");
}

/**
 * @param {string[]} addresses
 * @param {string[]} names
 * @param {number} now
 */
async function makeCertificate(addresses, names, now) {
  const { generate } = await import("selfsigned");
  return generate([{ name: "commonName", value: "Parley on this network" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now - BACKDATED_MS),
    notAfterDate: new Date(now + LIFETIME_MS),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: /** @type {const} */ (2), value })),
          ...["127.0.0.1", ...addresses].map((ip) => ({ type: /** @type {const} */ (7), ip })),
        ],
      },
    ],
  });
}

/**
 * Names that lead here without a name server: `localhost`, and the one of mDNS.
 *
 * @param {string} hostName
 */
function localNames(hostName) {
  const [first = ""] = hostName.toLowerCase().split(".");
  const isName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(first) && first !== "localhost";
  return ["localhost", ...(isName ? [first, `${first}.local`] : [])];
}

/**
 * Writes a file beside its place and moves it there, so that no reader sees half of it.
 *
 * @param {string} file
 * @param {string} text
 * @param {number} mode
 */
async function replaceFile(file, text, mode) {
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text, { mode });
  await chmod(beside, mode);
  await rename(beside, file);
}
