import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { answerHandshakes, type SocketDoor } from "./answer-handshakes";
import { SocketServer } from "./socket-server";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(door: Omit<SocketDoor, "sockets"> = {}) {
  const controller = new AbortController();
  const warnings: string[] = [];
  const sockets = new SocketServer({
    maxClients: 4,
    maxMessageBytes: 1_000,
    errorMessage: () => ({}),
    serve: (socket) => {
      socket.send("welcome");
    },
  });
  const server = createServer();
  answerHandshakes(server, {
    doors: new Map([["/door", { sockets, ...door }]]),
    pageOrigins: [],
    log: { info: () => undefined, warn: (_, message) => warnings.push(message) },
    signal: controller.signal,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    sockets.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const enter = async (path: string, headers: Record<string, string> = {}): Promise<string> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const [message] = (await once(socket, "message")) as [Buffer];
    return message.toString();
  };
  const close = () => {
    controller.abort();
  };
  return { enter, warnings, close };
}

describe("answerHandshakes", () => {
  it("opens the door of a path, and no other", async () => {
    const { enter } = await serve();
    await expect(enter("/door?x=1")).resolves.toBe("welcome");
    await expect(enter("/elsewhere")).rejects.toThrow("404");
  });

  it("refuses pages of other origins, and clients without the key", async () => {
    const { enter, warnings } = await serve({
      mayEnter: ({ headers }) => headers.authorization === "key",
      refusal: { code: "operator-only", message: "no key" },
    });
    const foreign = { origin: "https://elsewhere.example", authorization: "key" };
    await expect(enter("/door", foreign)).rejects.toThrow("403");
    await expect(enter("/door")).rejects.toThrow("401");
    await expect(enter("/door", { authorization: "key" })).resolves.toBe("welcome");
    expect(warnings).toEqual(["a foreign page was refused", "no key"]);
  });

  it("shows each client that enters to the observer, which lets it in", async () => {
    const seen: (string | undefined)[] = [];
    const { enter } = await serve({
      observe: (request, accept) => {
        seen.push(request.url);
        accept();
      },
    });
    await expect(enter("/door")).resolves.toBe("welcome");
    expect(seen).toEqual(["/door"]);
  });

  it("is unavailable, not unknown, while the server closes", async () => {
    const { enter, close } = await serve();
    close();
    await expect(enter("/door")).rejects.toThrow("503");
    await expect(enter("/elsewhere")).rejects.toThrow("404");
  });
});
