import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { waitForService } from "./wait-for-service";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers `/ready` with the statuses in turn, then with the last. */
async function serve(statuses: readonly number[], port = 0) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.statusCode = statuses[Math.min(asked.length, statuses.length) - 1] ?? 200;
    response.end();
  });
  servers.push(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { asked, server, port: typeof address === "object" ? (address?.port ?? 0) : 0 };
}

/** Waits, with a clock that runs on by itself; how often it was said that it waits. */
async function wait(url: string, signal = new AbortController().signal) {
  const clock = new FakeClock();
  let said = 0;
  const ended = new AbortController();
  const waiting = waitForService(new URL(url), { clock, signal, onWait: () => said++ }).finally(
    () => {
      ended.abort();
    },
  );
  waiting.catch(() => undefined);
  while (!ended.signal.aborted) await clock.advance(1_000);
  await waiting;
  return said;
}

describe("waitForService", () => {
  it("waits while the service loads its models", async () => {
    const { asked, port } = await serve([503, 502, 503, 200]);
    expect(await wait(`http://127.0.0.1:${port}/v1`)).toBe(1);
    expect(asked).toEqual(["/ready", "/ready", "/ready", "/ready"]);
  });

  it("goes on at once with one that is ready, or knows no such address", async () => {
    for (const status of [200, 404, 426]) {
      const { asked, port } = await serve([status]);
      expect(await wait(`ws://127.0.0.1:${port}`)).toBe(0);
      expect(asked).toEqual(["/ready"]);
    }
  });

  it("waits for one that has not been started", async () => {
    const { server, port } = await serve([200]);
    await new Promise((resolve) => server.close(resolve));
    const waiting = wait(`ws://127.0.0.1:${port}/`);
    await serve([200], port);
    expect(await waiting).toBeLessThanOrEqual(1);
  });

  it("gives up after ten minutes, and when it is interrupted", async () => {
    const { port } = await serve([503]);
    await expect(wait(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: "agent-unavailable",
      message: expect.stringContaining("10 minutes") as string,
    });
    const interrupt = new AbortController();
    const waiting = wait(`http://127.0.0.1:${port}`, interrupt.signal);
    interrupt.abort(new DOMException("interrupted", "AbortError"));
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});
