import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { makeTar } from "./testing/make-tar.mjs";
import { downloadWorker, prebuiltWorkerAddress, WORKER_FILE_NAME } from "./worker-download.mjs";

const binary = Buffer.from("the worker's bytes ".repeat(500));
const archive = gzipSync(makeTar([{ name: WORKER_FILE_NAME, content: binary }]));
const ignoreProgress = () => undefined;

/** @type {import("node:http").Server | undefined} */
let server;

/**
 * @param {import("node:http").RequestListener} answer
 * @returns {Promise<string>}
 */
async function serve(answer) {
  server = createServer(answer);
  await new Promise((resolve) => server?.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}/worker.tgz`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe("the prebuilt worker's address", () => {
  const mediasoup = { version: "3.27.1", repository: { url: "git+https://host/owner/name.git" } };
  const machine = { platform: "linux", architecture: "x64", release: "6.1.0-18-amd64" };

  it("is the one that mediasoup's own install script uses", () => {
    expect(prebuiltWorkerAddress(mediasoup, {}, machine)).toBe(
      "https://host/owner/name/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz",
    );
  });

  it("can be moved to another host, and names no kernel outside Linux", () => {
    const environment = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: "http://mirror/files/" };
    const mac = { platform: "darwin", architecture: "arm64", release: "24.0.0" };
    expect(prebuiltWorkerAddress(mediasoup, environment, mac)).toBe(
      "http://mirror/files/3.27.1/mediasoup-worker-3.27.1-darwin-arm64.tgz",
    );
  });
});

describe("downloading the prebuilt worker", () => {
  it("delivers the binary, over a redirect too, and reports progress", async () => {
    const address = await serve((request, response) => {
      if (request.url === "/worker.tgz") {
        response.writeHead(302, { location: "/elsewhere" }).end();
        return;
      }
      response.writeHead(200, { "content-length": archive.length }).end(archive);
    });
    /** @type {string[]} */
    const progress = [];
    const received = await downloadWorker(address, (text) => progress.push(text));
    expect(received.equals(binary)).toBe(true);
    expect(progress.at(-1)).toBe("100 %");
  });

  it("shows the archive to a check before it is unpacked", async () => {
    const address = await serve((_request, response) => response.end("no archive at all"));
    /** @type {string[]} */
    const seen = [];
    const check = async (/** @type {Buffer} */ bytes) => {
      seen.push(bytes.toString());
      throw new Error("another hash");
    };
    await expect(downloadWorker(address, ignoreProgress, { check })).rejects.toThrow(
      "another hash",
    );
    expect(seen).toEqual(["no archive at all"]);
  });

  it("says that none is published when the server has none", async () => {
    const address = await serve((_request, response) => response.writeHead(404).end());
    await expect(downloadWorker(address, ignoreProgress)).rejects.toThrow("none is published");
  });

  it("refuses a corrupt archive", async () => {
    const corrupt = Buffer.from(archive);
    corrupt.fill(0x55, 20, 60);
    const address = await serve((_request, response) => response.end(corrupt));
    await expect(downloadWorker(address, ignoreProgress)).rejects.toThrow();
  });

  it("refuses a connection that breaks off, and a file that was cut short", async () => {
    const address = await serve((request, response) => {
      const half = archive.subarray(0, archive.length / 2);
      if (request.url === "/worker.tgz?cut") {
        response.end(half);
        return;
      }
      response.writeHead(200, { "content-length": archive.length });
      response.write(half, () => setTimeout(() => response.destroy(), 20));
    });
    await expect(downloadWorker(address, ignoreProgress)).rejects.toThrow();
    await expect(downloadWorker(`${address}?cut`, ignoreProgress)).rejects.toThrow(
      "unexpected end of file",
    );
  });

  it("gives up on a server that does not answer, and on one that stops in the middle", async () => {
    const address = await serve((request, response) => {
      if (request.url === "/worker.tgz") return;
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 10));
    });
    const limits = { connectMs: 300, stallMs: 150 };
    await expect(downloadWorker(address, ignoreProgress, limits)).rejects.toThrow("no answer");
    await expect(downloadWorker(`${address}?stall`, ignoreProgress, limits)).rejects.toThrow(
      "nothing came",
    );
  });

  it("names the cause when there is no such host or port", async () => {
    await expect(downloadWorker("http://127.0.0.1:1/", ignoreProgress)).rejects.toThrow(
      /ECONNREFUSED|bad port/,
    );
  });
});
