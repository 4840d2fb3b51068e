import { createHash } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateRawSync } from "node:zlib";

/** A zip archive with deflated files. */
export function packageArchive(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    at += local.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** Plays a NuGet feed with one package on the loopback, with the flaws that a test gives it. */
export class FakeFeed {
  /** Replaces the checksum in the catalogue. */
  checksum: string | null = null;
  versions: string[];
  /** The `range` of each request for the package. */
  readonly ranges: (string | undefined)[] = [];
  readonly #archive: Buffer;
  readonly #id: string;
  readonly #server: Server;

  constructor(name: string, version: string, archive: Buffer) {
    this.#id = name.toLowerCase();
    this.versions = [version];
    this.#archive = archive;
    this.#server = createServer((request, response) => {
      const path = request.url ?? "";
      if (path.endsWith(".nupkg")) {
        this.#send(request.headers.range, response);
        return;
      }
      const answer = this.#documents(version).get(path);
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? {}));
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get index(): string {
    return `${this.#address}/v3/index.json`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  #documents(version: string): ReadonlyMap<string, unknown> {
    const address = this.#address;
    const hash = createHash("sha512").update(this.#archive).digest("base64");
    return new Map<string, unknown>([
      [
        "/v3/index.json",
        {
          version: "3.0.0",
          resources: [
            { "@id": `${address}/flat/`, "@type": "PackageBaseAddress/3.0.0" },
            { "@id": `${address}/registration/`, "@type": "RegistrationsBaseUrl/3.6.0" },
          ],
        },
      ],
      [`/flat/${this.#id}/index.json`, { versions: this.versions }],
      [`/registration/${this.#id}/${version}.json`, { catalogEntry: `${address}/catalog.json` }],
      [
        "/catalog.json",
        {
          packageHash: this.checksum ?? hash,
          packageHashAlgorithm: "SHA512",
          packageSize: this.#archive.length,
        },
      ],
    ]);
  }

  #send(range: string | undefined, response: ServerResponse): void {
    this.ranges.push(range);
    const start = Number(/^bytes=(\d+)-$/u.exec(range ?? "")?.[1] ?? 0);
    const rest = this.#archive.subarray(start);
    response.writeHead(range === undefined ? 200 : 206, { "content-length": rest.length });
    response.end(rest);
  }
}
