import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DebianProgram } from "@parley/fleet/testing/debian-program";

/**
 * Lets the Chromium of a user trust an authority: on Linux that looks into a database of certificates in
 * the user's home.
 *
 * @param home which is made where there is none
 * @param file of the authority's certificate, PEM
 * @param certutil of Debian's package libnss3-tools
 */
export function trustAuthority(
  home: string,
  file: string,
  { path, environment }: Exclude<DebianProgram, { missing: string }>,
): void {
  const database = join(home, ".pki", "nssdb");
  mkdirSync(database, { recursive: true });
  const certutil = (...parameters: string[]) =>
    execFileSync(path, ["-d", `sql:${database}`, ...parameters], {
      env: environment,
      stdio: "pipe",
    });
  certutil("-N", "--empty-password");
  certutil("-A", "-n", "authority of tests", "-t", "C,,", "-i", file);
}
