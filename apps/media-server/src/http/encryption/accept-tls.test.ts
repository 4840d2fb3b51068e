import { once } from "node:events";
import { createServer, get, type Server } from "node:http";
import { get as getSecurely } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { generate } from "selfsigned";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { acceptTls, type TlsCredentials } from "./accept-tls";

let credentials: TlsCredentials;
let server: Server;
let endConnections: () => void;
let port: number;

beforeAll(async () => {
  const pems = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  credentials = { cert: Buffer.from(pems.cert), key: Buffer.from(pems.private) };
});

beforeEach(async () => {
  server = createServer((request, response) => {
    const isEncrypted = "encrypted" in request.socket;
    response.end(`${isEncrypted ? "https" : "http"} ${request.url}`);
  });
  server.on("upgrade", (_request, socket: Socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  });
  endConnections = acceptTls(server, credentials);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function ask(scheme: "http" | "https", agent = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/page", rejectUnauthorized: false, agent };
    const request = (scheme === "http" ? get : getSecurely)(options, (response) => {
      resolve(text(response));
    });
    request.on("error", reject);
  });
}

test("one port answers HTTP and HTTPS, in any order", async () => {
  expect(await ask("http")).toBe("http /page");
  expect(await ask("https")).toBe("https /page");
  const many = ["http", "https", "https", "http", "https"] as const;
  expect(await Promise.all(many.map((scheme) => ask(scheme)))).toEqual(
    many.map((scheme) => `${scheme} /page`),
  );
});

test("a connection is kept for several requests, and can be upgraded", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  let answer = "";
  socket.on("data", (chunk: string) => (answer += chunk));
  socket.write("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  await expect.poll(() => answer).toMatch(/http \/1[^]*http \/2/);
  socket.write("GET /3 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
  await once(socket, "end");
  expect(answer).toMatch(/101 Switching Protocols/);
});

test("a first byte that comes alone is no harm", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  socket.setNoDelay(true);
  socket.write("G");
  await once(socket, "connect");
  socket.end("ET /late HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(await text(socket)).toContain("http /late");
});

test("connections that say nothing, or nonsense, do not keep the server from closing", async () => {
  const silent = connect(port, "127.0.0.1");
  const broken = connect(port, "127.0.0.1");
  await Promise.all([once(silent, "connect"), once(broken, "connect")]);
  broken.on("error", () => undefined).write(Buffer.from([0x16, 0xff, 0xff, 0xff, 0xff, 0xff]));
  await once(broken, "close");
  const [isSilentGone, isClosed] = [once(silent, "close"), once(server, "close")];
  server.close();
  endConnections();
  await Promise.all([isSilentGone, isClosed]);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

test("certificate and key must belong together", () => {
  const other = { cert: credentials.cert, key: Buffer.from("no key") };
  expect(() => {
    acceptTls(createServer(), other);
  }).toThrow();
});
