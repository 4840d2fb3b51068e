import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A certificate authority of a test's own, and one certificate for servers on this machine. */
export class Authority {
  readonly #folder: string;

  static async found(): Promise<Authority> {
    const folder = mkdtempSync(join(tmpdir(), "parley-authority-"));
    const common = { keyType: "ec", algorithm: "sha256" } as const;
    const own = await generate([{ name: "commonName", value: "An authority of tests" }], {
      ...common,
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    const server = await generate([{ name: "commonName", value: "localhost" }], {
      ...common,
      ca: { key: own.private, cert: own.cert },
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        {
          name: "subjectAltName",
          altNames: [
            { type: 2, value: "localhost" },
            { type: 7, ip: "127.0.0.1" },
          ],
        },
      ],
    });
    const authority = new Authority(folder);
    writeFileSync(authority.file, own.cert);
    writeFileSync(authority.certificateFile, `${server.cert}\n${own.cert}`);
    writeFileSync(authority.keyFile, server.private);
    return authority;
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Its own certificate, PEM. */
  get file(): string {
    return join(this.#folder, "authority.pem");
  }

  /** For `localhost` and 127.0.0.1, PEM, with the chain. */
  get certificateFile(): string {
    return join(this.#folder, "server.pem");
  }

  get keyFile(): string {
    return join(this.#folder, "server-key.pem");
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
