import { X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createSecureContext } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import { obtainCertificate } from "./certificate.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 31);
const circumstances = { now, hostName: "Kitchen.example.org" };

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "parley-tls-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** @param {{ certificateFile: string }} made */
async function read(made) {
  return new X509Certificate(await readFile(made.certificateFile));
}

it("names this machine and its addresses, for a year", async () => {
  const made = await obtainCertificate(folder, ["192.168.1.20"], circumstances);
  const certificate = await read(made);
  for (const address of ["192.168.1.20", "127.0.0.1"]) {
    expect(certificate.checkIP(address)).toBe(address);
  }
  for (const name of ["localhost", "kitchen", "kitchen.local"]) {
    expect(certificate.checkHost(name)).toBe(name);
  }
  expect(certificate.ca).toBe(false);
  expect(certificate.fingerprint256).toBe(made.fingerprint);
  expect(Date.parse(certificate.validTo)).toBe(now + 365 * DAY_MS);
  const [cert, key] = await Promise.all([readFile(made.certificateFile), readFile(made.keyFile)]);
  expect(() => createSecureContext({ cert, key })).not.toThrow();
});

it("keeps its key for its owner's eyes", async () => {
  const { keyFile } = await obtainCertificate(folder, ["192.168.1.20"], circumstances);
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
});

it("stays while it is good, so that browsers ask once", async () => {
  const first = await obtainCertificate(folder, ["10.0.0.1", "10.0.0.2"], circumstances);
  const later = { ...circumstances, now: now + 200 * DAY_MS };
  const second = await obtainCertificate(folder, ["10.0.0.2"], later);
  expect(second.fingerprint).toBe(first.fingerprint);
});

it("is made anew for a new address, and still names the old one", async () => {
  const home = await obtainCertificate(folder, ["192.168.1.20"], circumstances);
  const office = await obtainCertificate(folder, ["10.1.2.3"], circumstances);
  expect(office.fingerprint).not.toBe(home.fingerprint);
  const certificate = await read(office);
  expect(certificate.checkIP("10.1.2.3")).toBe("10.1.2.3");
  const back = await obtainCertificate(folder, ["192.168.1.20"], circumstances);
  expect(back.fingerprint).toBe(office.fingerprint);
});

it("is made anew before its end", async () => {
  const first = await obtainCertificate(folder, ["10.0.0.1"], circumstances);
  const later = { ...circumstances, now: now + 310 * DAY_MS };
  const second = await obtainCertificate(folder, ["10.0.0.1"], later);
  expect(second.fingerprint).not.toBe(first.fingerprint);
});

it("is made anew where its files are damaged", async () => {
  const first = await obtainCertificate(folder, ["10.0.0.1"], circumstances);
  await writeFile(first.keyFile, "half a k");
  await chmod(first.keyFile, 0o644);
  const second = await obtainCertificate(folder, ["10.0.0.1"], circumstances);
  expect(second.fingerprint).not.toBe(first.fingerprint);
  expect((await stat(second.keyFile)).mode & 0o777).toBe(0o600);
});
