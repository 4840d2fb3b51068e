import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { waitUntilReady } from "./readiness.mjs";

/** @type {import("node:http").Server | undefined} */
let server;
afterEach(() => server?.close());

/** @param {import("node:http").RequestListener} answer */
async function serve(answer) {
  server = createServer(answer);
  await new Promise((resolve) => server?.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}/ready`;
}

it("waits until the server is ready and reports its answers meanwhile", async () => {
  let questions = 0;
  const address = await serve((_request, response) => {
    questions += 1;
    response.writeHead(questions < 3 ? 503 : 200).end("loading the\n recogniser");
  });
  /** @type {string[]} */
  const progress = [];
  await waitUntilReady(address, { processes: () => [], progress: (text) => progress.push(text) });
  expect(progress).toEqual(["loading the recogniser", "loading the recogniser"]);
});

it("gives up when a server does not stay up", async () => {
  const address = await serve((_request, response) => response.writeHead(503).end());
  const processes = () => [{ name: "media", crashes: 4, hasGivenUp: false }];
  await expect(waitUntilReady(address, { processes, progress: () => undefined })).rejects.toThrow(
    "media does not stay up: it stopped 4 times",
  );
});

it("gives up at once when a server has", async () => {
  const address = await serve((_request, response) => response.writeHead(503).end());
  const processes = () => [{ name: "media", crashes: 1, hasGivenUp: true }];
  await expect(waitUntilReady(address, { processes, progress: () => undefined })).rejects.toThrow(
    "media cannot run with what is set",
  );
});
