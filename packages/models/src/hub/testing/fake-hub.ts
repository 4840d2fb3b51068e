import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type SeenRequest = {
  method: string;
  path: string;
  range: string | null;
  ifRange: string | null;
  authorization: string | null;
};

/** A fault to inject: answers in place of the hub and returns true, or returns false. */
export type Trouble = (request: IncomingMessage, response: ServerResponse) => boolean;

type File = { bytes: Buffer; isLarge: boolean };

/** Test double of the hub: its listing, its files, and a second host for large files. */
export class FakeHub {
  commit = "c".repeat(40);
  /** `cardData` of the answer to a question for the revision. */
  card: object | null = null;
  readonly files = new Map<string, File>();
  /** Requests to the hub and to the second host, in order. */
  readonly seen: SeenRequest[] = [];
  readonly seenElsewhere: SeenRequest[] = [];
  /** May answer in place of the hub. */
  trouble: Trouble = () => false;
  /** May answer in place of the second host. */
  troubleElsewhere: Trouble = () => false;
  readonly #hub: Server;
  readonly #elsewhere: Server;

  constructor(readonly repository = "maker/model") {
    this.#hub = createServer((request, response) => {
      this.seen.push(seenOf(request));
      if (!this.trouble(request, response)) this.#answer(request, response);
    });
    this.#elsewhere = createServer((request, response) => {
      this.seenElsewhere.push(seenOf(request));
      if (this.troubleElsewhere(request, response)) return;
      const file = this.files.get((request.url ?? "").slice(1));
      if (file === undefined) response.writeHead(404).end();
      else sendRange(request, response, file.bytes);
    });
  }

  async start(): Promise<void> {
    for (const server of [this.#hub, this.#elsewhere]) {
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
      });
    }
  }

  async stop(): Promise<void> {
    for (const server of [this.#hub, this.#elsewhere]) {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }

  get endpoint(): string {
    return addressOf(this.#hub);
  }

  /** @param isLarge served by the second host, and named by its SHA-256 */
  add(path: string, bytes: Uint8Array | string, isLarge = true): void {
    this.files.set(path, { bytes: Buffer.from(bytes), isLarge });
  }

  etagOf(path: string): string {
    const { bytes, isLarge } = this.#file(path);
    if (isLarge) return createHash("sha256").update(bytes).digest("hex");
    return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  }

  #file(path: string): File {
    const file = this.files.get(path);
    if (file === undefined) throw new Error(`the fake hub has no ${path}`);
    return file;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url ?? "").replace(/\?.*$/u, "");
    if (path.startsWith(`/api/models/${this.repository}/revision/`)) {
      const hasSizes = new URL(request.url ?? "/", "http://hub").searchParams.has("blobs");
      const siblings = [...this.files].map(([rfilename, { bytes }]) =>
        hasSizes ? { rfilename, size: bytes.length } : { rfilename },
      );
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ sha: this.commit, siblings, cardData: this.card, gated: false }),
      );
      return;
    }
    const name = path.replace(`/${this.repository}/resolve/${this.commit}/`, "");
    const file = this.files.get(name);
    if (file === undefined) {
      response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
      return;
    }
    const etag = `"${this.etagOf(name)}"`;
    const headers = { "x-repo-commit": this.commit };
    if (file.isLarge) {
      response.writeHead(302, {
        ...headers,
        "x-linked-etag": etag,
        "x-linked-size": file.bytes.length,
        location: `${addressOf(this.#elsewhere)}/${name}`,
      });
      response.end();
      return;
    }
    for (const [key, value] of Object.entries(headers)) response.setHeader(key, value);
    sendRange(request, response, file.bytes, etag);
  }
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function seenOf({ method = "", url = "", headers }: IncomingMessage): SeenRequest {
  const ifRange = headers["if-range"];
  return {
    method,
    path: url,
    range: headers.range ?? null,
    ifRange: typeof ifRange === "string" ? ifRange : null,
    authorization: headers.authorization ?? null,
  };
}

/** Sends a file or the requested range with an ETag of its own, as object stores do. */
export function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  etag = '"of-the-store"',
): void {
  response.setHeader("etag", etag);
  const ifRange = request.headers["if-range"];
  const asked = /^bytes=(\d+)-$/u.exec(request.headers.range ?? "");
  if (asked === null || (ifRange !== undefined && ifRange !== etag)) {
    response.writeHead(200, { "content-length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
    return;
  }
  const start = Number(asked[1]);
  if (start >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  response.writeHead(206, {
    "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    "content-length": bytes.length - start,
  });
  response.end(bytes.subarray(start));
}
